package io.muster.fleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Reads the CPU clocks of a server before and after a run.
///
/// PostgreSQL is every descendant of the JVM, and the postmaster that a postmaster.pid under the data directory names
/// with its descendants; the time of backends that ended in between is in their postmaster's account.
final class Meter {

    private static final int PID_FILE_DEPTH = 4;

    private final long server;
    private final Optional<Path> data;

    /// @param server process id of the server's JVM
    /// @param data   its data directory, where it has one
    Meter(long server, Optional<Path> data) {
        this.server = server;
        this.data = data;
    }

    /// The clocks now.
    record Reading(Duration jvm, Duration postgres, Duration client) {

        Cost perConnection(Reading later, long connections) {
            double jvmMillis = millis(jvm, later.jvm) / connections;
            double postgresMillis = millis(postgres, later.postgres) / connections;
            double clientMillis = millis(client, later.client) / connections;
            return new Cost(jvmMillis + postgresMillis, jvmMillis, postgresMillis, clientMillis);
        }

        private static double millis(Duration from, Duration to) {
            return to.minus(from).toNanos() / 1e6;
        }
    }

    Reading read() throws IOException {
        Duration postgres = Duration.ZERO;
        for (long pid : postgresProcesses()) {
            postgres = postgres.plus(Proc.cpuWithReaped(pid));
        }
        return new Reading(
                Proc.cpu(server), postgres, Proc.cpu(ProcessHandle.current().pid()));
    }

    /// Resident memory of the JVM now, in bytes.
    long resident() throws IOException {
        return Proc.bytes(server, "VmRSS");
    }

    /// The most that it ever had.
    long residentAtMost() throws IOException {
        return Proc.bytes(server, "VmHWM");
    }

    private Set<Long> postgresProcesses() throws IOException {
        Set<Long> pids = new TreeSet<>();
        ProcessHandle.of(server).ifPresent(handle -> addDescendants(handle, pids));
        for (long postmaster : postmasters()) {
            ProcessHandle.of(postmaster).ifPresent(handle -> {
                pids.add(postmaster);
                addDescendants(handle, pids);
            });
        }
        return pids;
    }

    private static void addDescendants(ProcessHandle handle, Set<Long> pids) {
        handle.descendants().forEach(child -> pids.add(child.pid()));
    }

    private List<Long> postmasters() throws IOException {
        if (data.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files =
                Files.find(data.get(), PID_FILE_DEPTH, (file, _) -> file.endsWith("postmaster.pid"))) {
            return files.map(Meter::firstLine).toList();
        }
    }

    private static long firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return Long.parseLong(lines.findFirst().orElse("0").strip());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read " + file + ", which names PostgreSQL's process", e);
        }
    }
}
