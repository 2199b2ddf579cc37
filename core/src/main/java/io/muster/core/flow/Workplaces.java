package io.muster.core.flow;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Where work is done that takes a whole core for a while, such as making an RSA key: as much at once as there are
/// places, so that everybody else finds a core. Whoever comes waits in line, and not for ever.
public final class Workplaces {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore free;
    private final Duration patience;

    public Workplaces(int places, Duration patience) {
        this.free = new Semaphore(places, true);
        this.patience = patience;
    }

    /// One for each core but one, and one at least.
    public static Workplaces ofThisMachine() {
        return new Workplaces(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), PATIENCE);
    }

    /// Empty where no place became free in time.
    <T> Optional<T> work(Supplier<T> work) {
        if (!taken()) {
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            free.release();
        }
    }

    private boolean taken() {
        try {
            return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
