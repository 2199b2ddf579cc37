package io.muster.outlets.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/// Secrets in a file that nobody else may read, one a line.
public final class SecretFile {

    private static final long LARGEST = 4096;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private SecretFile() {}

    /// @throws IOException in words, with nothing of the secrets
    public static List<String> lines(Path file) throws IOException {
        onlyOurs(file);
        if (Files.size(file) > LARGEST) {
            throw new IOException("it is larger than " + LARGEST + " bytes");
        }
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /// @throws IOException in words, with nothing of the secret; also when there is more or less than one
    public static String only(Path file) throws IOException {
        List<String> lines = lines(file);
        if (lines.size() != 1) {
            throw new IOException("it holds " + lines.size() + " lines; it is one, the secret");
        }
        return lines.getFirst();
    }

    private static void onlyOurs(Path file) throws IOException {
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new IOException("others may read it; take that away: chmod 600");
            }
        } catch (UnsupportedOperationException _) {
            // a file system without such permissions
        }
    }
}
