package io.muster.server.testkit;

import io.muster.store.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The bundled PostgreSQL of an installation, as its files tell of it.
///
/// @param folder the folder that the data directory has for it
public record BundledDatabase(Path folder) {

    private static final int PID_LINE = 0;
    private static final int PORT_LINE = 3;

    public static BundledDatabase in(Path data) {
        return new BundledDatabase(data.resolve("postgres"));
    }

    /// A way in while it runs.
    public TestDatabase open() {
        String url = "jdbc:postgresql://127.0.0.1:" + line(PORT_LINE) + "/postgres?sslmode=disable";
        return new TestDatabase(url, "muster", read(folder.resolve("password")).getFirst());
    }

    /// Its process; there is none where it does not run.
    public ProcessHandle process() {
        return ProcessHandle.of(Long.parseLong(line(PID_LINE).strip())).orElseThrow();
    }

    public Path cluster() {
        return folder.resolve("cluster");
    }

    private String line(int number) {
        return read(cluster().resolve("postmaster.pid")).get(number);
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
