package io.muster.fleet.channel;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// Calls one HTTPS server on behalf of many devices. Nothing here limits how many at once: whoever comes in does.
public final class Caller implements AutoCloseable {

    private final Dialer dialer;
    private final Patience patience;

    /// @param threads event loops; as many as cores that the devices may use
    public Caller(Address address, Patience patience, int threads) {
        this.dialer = new Dialer(address, List.of(), threads);
        this.patience = patience;
    }

    /// Starts an errand and returns at once. `whenDone` hears the ending exactly once, and how long it took, on an
    /// event loop: it must not block.
    ///
    /// @param sinceNanos the arrival, by `System.nanoTime()`, from which the latency counts
    public <E> void call(Errand<E> errand, long sinceNanos, BiConsumer<E, Duration> whenDone) {
        new Conversation<>(errand, dialer, patience, sinceNanos, whenDone).begin();
    }

    @Override
    public void close() {
        dialer.close();
    }
}
