package io.muster.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Whether a file that holds a secret is its owner's alone.
public final class SecretFile {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private SecretFile() {}

    /// @param missing what to do where it is not there
    public static Finding finding(String check, Path file, String missing) {
        if (!Files.exists(file)) {
            return Finding.warn(check, "There is no " + file + ".", missing);
        }
        return open(file)
                ? Finding.fail(check, file + " can be read or written by others.", "chmod 600 " + file)
                : Finding.ok(check, file + " is its owner's alone.");
    }

    /// Whether others can read or write it. A lock holds nothing.
    static boolean open(Path file) {
        if (file.toString().endsWith(".lock")) {
            return false;
        }
        try {
            return Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
                    .anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }
}
