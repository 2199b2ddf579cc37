package io.muster.server.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A reading that costs something: taken when it is asked for, at most once in a while. Empty while it cannot be
/// taken.
final class Held<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Held.class);

    private final Supplier<T> reading;
    private final long lifeNanos;
    private final ReentrantLock taking = new ReentrantLock();
    private Optional<T> value = Optional.empty();
    private long takenNanos;
    private boolean taken;

    Held(Duration life, Supplier<T> reading) {
        this.reading = reading;
        this.lifeNanos = life.toNanos();
    }

    Optional<T> get() {
        taking.lock();
        try {
            if (!taken || System.nanoTime() - takenNanos > lifeNanos) {
                value = take();
                taken = true;
                takenNanos = System.nanoTime();
            }
            return value;
        } finally {
            taking.unlock();
        }
    }

    private Optional<T> take() {
        try {
            return Optional.of(reading.get());
        } catch (RuntimeException e) {
            LOG.debug("A reading for the metrics could not be taken: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
