package io.muster.fleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What Linux tells about a process in /proc.
final class Proc {

    /// Clock ticks per second in /proc/PID/stat: USER_HZ, 100 on every architecture that we run on.
    private static final int TICKS_PER_SECOND = 100;

    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private Proc() {}

    /// CPU time of the process itself, all its threads, in user and kernel mode. Zero when it is gone.
    static Duration cpu(long pid) throws IOException {
        return ticks(pid, USER, SYSTEM);
    }

    /// The same with its children that have ended and were waited for.
    static Duration cpuWithReaped(long pid) throws IOException {
        return ticks(pid, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM);
    }

    /// A kibibyte field of /proc/PID/status in bytes.
    static long bytes(long pid, String field) throws IOException {
        return Long.parseLong(status(pid, field).replace(" kB", "")) * 1024;
    }

    /// A field of /proc/PID/status.
    static String status(long pid, String field) throws IOException {
        Path file = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    "The benchmark reads CPU time and memory from /proc, which is not there or lacks process " + pid
                            + ". Run it on Linux, and look whether the server is still alive.");
        }
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1).strip();
            }
        }
        throw new IllegalStateException("/proc says nothing about " + field);
    }

    private static Duration ticks(long pid, int... fields) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException e) {
            return Duration.ZERO;
        }
        // The second field is the command in parentheses and may hold anything, blanks too; after it come state, ppid
        // ...
        List<String> values = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        long ticks = 0;
        for (int field : fields) {
            ticks += Long.parseLong(values.get(field));
        }
        return Duration.ofMillis(ticks * (1000 / TICKS_PER_SECOND));
    }
}
