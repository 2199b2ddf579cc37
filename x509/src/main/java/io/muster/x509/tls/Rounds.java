package io.muster.x509.tls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one thing again and again on a thread of its own, until closed. A round that fails is logged and does not stop
/// the next one.
final class Rounds implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Duration period;
    private final Runnable round;
    private @Nullable Thread thread;

    Rounds(String name, Duration period, Runnable round) {
        this.name = name;
        this.period = period;
        this.round = round;
    }

    synchronized void start() {
        if (thread == null) {
            thread = Thread.ofVirtual().name(name).start(this::run);
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(period);
                go();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void go() {
        try {
            round.run();
        } catch (RuntimeException e) {
            log.error("The server certificate could not be looked at; the next try is in {} s.", period.toSeconds(), e);
        }
    }

    synchronized boolean isRunning() {
        return thread != null && thread.isAlive();
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
