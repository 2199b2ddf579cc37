package io.muster.store.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a server understands when it is told to stop. The JDK itself can send neither.
enum Signal {
    /// Ends the sessions, writes a checkpoint, stops.
    INT,
    /// Stops at once; the next start recovers.
    QUIT;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);

    /// Stops a server, patiently at first. True when it is gone.
    static boolean stop(ProcessHandle server) throws IOException {
        INT.send(server);
        if (gone(server, PATIENCE)) {
            return true;
        }
        QUIT.send(server);
        return gone(server, LAST_PATIENCE);
    }

    void send(ProcessHandle process) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name() + " " + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    private static boolean gone(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for a process cannot fail", e);
        }
    }
}
