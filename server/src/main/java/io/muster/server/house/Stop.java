package io.muster.server.house;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for Ctrl-C or TERM, and keeps the JVM alive until the house is closed.
public final class Stop {

    private static final Logger LOG = LoggerFactory.getLogger(Stop.class);

    /// Longer than draining and stopping the database take together; then the JVM ends all the same.
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    private Stop() {}

    /// Listens to the signals from now on.
    public static Stop listen() {
        Stop stop = new Stop();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stop::ask));
        return stop;
    }

    private void ask() {
        asked.countDown();
        try {
            if (!closed.await(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
                LOG.warn("Muster did not stop within {} s.", PATIENCE.toSeconds());
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns when somebody asks to stop.
    public void await() {
        try {
            asked.await();
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether somebody has asked to stop.
    public boolean asked() {
        return asked.getCount() == 0;
    }

    /// Lets the JVM end.
    public void closed() {
        closed.countDown();
    }
}
