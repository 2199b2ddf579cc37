package io.muster.server.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/// Folders that live as long as this JVM, and that the account of the bundled database may pass.
public final class Ground {

    private static final Path ROOT = root();

    private Ground() {}

    /// A new folder, empty.
    public static Path folder(String name) {
        try {
            return passable(Files.createTempDirectory(ROOT, name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where all bundled databases of this JVM have their programs: unpacked once.
    static Path programs() {
        return ROOT.resolve("programs");
    }

    private static Path root() {
        try {
            Path root = passable(Files.createTempDirectory("muster-e2e-"));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(root)));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path passable(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static void delete(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
