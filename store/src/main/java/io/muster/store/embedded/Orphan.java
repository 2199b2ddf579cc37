package io.muster.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that an earlier, killed Muster left behind.
final class Orphan {
    private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);

    private Orphan() {}

    /// What the process is whose number a server once wrote down.
    enum Found {
        THE_SERVER,
        SOMETHING_ELSE,
        CANNOT_TELL
    }

    /// Stops it, if there is one. The caller holds the lock, so no living Muster can be its owner.
    static void stop(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> process = process(file);
        if (process.isEmpty()) {
            return;
        }
        switch (look(process.get(), cluster)) {
            case THE_SERVER -> stop(process.get(), cluster);
            // Its number was given to another program, or it is dead and nobody buried it: both happen in containers,
            // and PostgreSQL would believe that it still runs.
            case SOMETHING_ELSE -> Files.delete(file);
            // Two servers on the same data would ruin them. PostgreSQL itself decides, and refuses when in doubt.
            case CANNOT_TELL ->
                LOG.warn(
                        "Cannot tell whether process {} serves {}",
                        process.get().pid(),
                        cluster);
        }
    }

    private static void stop(ProcessHandle process, Path cluster) throws IOException {
        LOG.info(
                "Stopping the PostgreSQL that an earlier run left behind (process {}, data in {})",
                process.pid(),
                cluster);
        if (!Signal.stop(process.pid(), () -> look(process, cluster) == Found.THE_SERVER)) {
            throw new CannotRun(new Obstacle.StillRunning(process.pid(), cluster));
        }
    }

    private static Optional<ProcessHandle> process(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
    }

    /// A server of PostgreSQL works inside of its data folder; where the system does not tell, its name must do.
    static Found look(ProcessHandle process, Path cluster) {
        if (!process.isAlive() || isUnburied(process)) {
            return Found.SOMETHING_ELSE;
        }
        try {
            Path workplace = Path.of("/proc", String.valueOf(process.pid()), "cwd");
            return Files.isSameFile(workplace, cluster) ? Found.THE_SERVER : Found.SOMETHING_ELSE;
        } catch (IOException e) {
            return process.info()
                    .command()
                    .map(command -> command.endsWith("/postgres") ? Found.THE_SERVER : Found.SOMETHING_ELSE)
                    .orElse(Found.CANNOT_TELL);
        }
    }

    /// Linux keeps the number of a dead process until its parent asks, and the first process of a container may
    /// never.
    private static boolean isUnburied(ProcessHandle process) {
        try {
            String status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            return status.startsWith(") Z", status.lastIndexOf(')'));
        } catch (IOException e) {
            return false;
        }
    }
}
