package io.muster.store.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// What a server understands when it is told to stop. The JDK itself can send neither.
enum Signal {
    /// Ends the sessions, writes a checkpoint, stops.
    INT,
    /// Stops at once; the next start recovers.
    QUIT;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    /// Stops a server, patiently at first. True when it is gone.
    static boolean stop(long pid, BooleanSupplier running) throws IOException {
        INT.send(pid);
        if (gone(running, PATIENCE)) {
            return true;
        }
        QUIT.send(pid);
        return gone(running, LAST_PATIENCE);
    }

    private void send(long pid) throws IOException {
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    /// An interrupt does not shorten the wait: a server that is left behind would be worse.
    private static boolean gone(BooleanSupplier running, Duration patience) {
        long start = System.nanoTime();
        boolean interrupted = false;
        while (running.getAsBoolean() && System.nanoTime() - start < patience.toNanos()) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !running.getAsBoolean();
    }
}
