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

    /// Stops it, if there is one. The caller holds the lock, so no living Muster can be its owner.
    static void stop(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> process = process(file);
        if (process.isEmpty()) {
            return;
        }
        if (!serves(process.get(), cluster)) {
            // The number was given to another program meanwhile, as happens in containers; PostgreSQL would believe it.
            Files.delete(file);
            return;
        }
        long pid = process.get().pid();
        LOG.info("Stopping the PostgreSQL that an earlier run left behind (process {}, data in {})", pid, cluster);
        if (!Signal.stop(process.get())) {
            throw new CannotRun(new Obstacle.StillRunning(pid, cluster));
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
    private static boolean serves(ProcessHandle process, Path cluster) throws IOException {
        Path workplace = Path.of("/proc", String.valueOf(process.pid()), "cwd");
        if (Files.isReadable(workplace)) {
            return Files.isSameFile(workplace, cluster);
        }
        return process.info()
                .command()
                .filter(command -> command.endsWith("/postgres"))
                .isPresent();
    }
}
