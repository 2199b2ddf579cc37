package io.muster.store.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Folders that live as long as a test's JVM, and that an account other than ours may enter.
final class TestGround {
    private TestGround() {}

    static Path create(String name) {
        try {
            return readable(Files.createTempDirectory("muster-test-" + name + "-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path readable(Path path) throws IOException {
        return Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-xr-x" : "rw-r--r--"));
    }

    /// Stops the server and deletes its folder when the JVM ends.
    static void atTheEnd(Path ground, Runnable stop) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            stop.run();
            delete(ground);
        }));
    }

    /// Thousands of files may take a minute to go, and a JVM that ends is not waited for so long: a process of its
    /// own outlives it.
    private static void delete(Path ground) {
        try {
            new ProcessBuilder("rm", "-rf", "--", ground.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
