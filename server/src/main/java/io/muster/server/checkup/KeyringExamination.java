package io.muster.server.checkup;

import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whether the keyring is its owner's alone: folders 0700, files 0600. Who has it reads the database.
public final class KeyringExamination implements Examination {

    private static final int DEEPEST = 8;
    private static final int MOST_FILES = 10_000;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private final Path keyring;

    public KeyringExamination(Path keyring) {
        this.keyring = keyring;
    }

    @Override
    public String name() {
        return "keyring";
    }

    @Override
    public List<Finding> findings(Instant now) {
        try (Stream<Path> files = Files.walk(keyring, DEEPEST)) {
            List<Path> open =
                    files.limit(MOST_FILES).filter(KeyringExamination::open).toList();
            return List.of(
                    open.isEmpty()
                            ? Finding.ok(name(), keyring + " is its owner's alone.")
                            : Finding.fail(
                                    name(),
                                    open.getFirst() + others(open.size() - 1)
                                            + " can be read or written by others; who has the keyring reads the database.",
                                    "chmod -R go= " + keyring));
        } catch (IOException | UncheckedIOException e) {
            return List.of(Finding.fail(
                    name(), keyring + " cannot be looked at: " + e.getMessage(), "Mend the disk, or its permissions."));
        }
    }

    private static String others(int number) {
        return number == 0 ? "" : " and " + number + " more";
    }

    /// A lock holds nothing.
    private static boolean open(Path file) {
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
