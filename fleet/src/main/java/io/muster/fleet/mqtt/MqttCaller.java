package io.muster.fleet.mqtt;

import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Dialer;
import io.muster.fleet.channel.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Sends many devices to one broker, each on a virtual thread of its own. Nothing here limits how many at once: whoever
/// comes in does.
public final class MqttCaller implements AutoCloseable {

    private final Dialer dialer;
    private final Broker broker;
    private final Patience patience;
    private final ExecutorService devices = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("device-", 0).factory());

    /// @param protocols what the devices offer by ALPN
    /// @param threads   event loops; as many as cores that the devices may use
    public MqttCaller(Address address, List<String> protocols, Patience patience, int threads) {
        this.dialer = new Dialer(address, protocols, threads);
        this.broker = new Broker(dialer, patience);
        this.patience = patience;
    }

    /// Starts an errand and returns at once. `whenDone` hears the ending exactly once, and how long it took, on the
    /// device's thread.
    ///
    /// @param sinceNanos the arrival, by `System.nanoTime()`, from which the latency counts
    public <E> void call(MqttErrand<E> errand, long sinceNanos, BiConsumer<E, Duration> whenDone) {
        devices.execute(() -> {
            E ending = attend(errand);
            whenDone.accept(ending, Duration.ofNanos(System.nanoTime() - sinceNanos));
        });
    }

    private <E> E attend(MqttErrand<E> errand) {
        try {
            return untilDone(errand);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return errand.lost("interrupted");
        } catch (RuntimeException e) {
            return errand.lost("the device failed: " + e.getClass().getSimpleName());
        }
    }

    private <E> E untilDone(MqttErrand<E> errand) throws InterruptedException {
        int failures = 0;
        while (true) {
            switch (attempt(errand)) {
                case Attempt.Done<E>(E ending) -> {
                    return ending;
                }
                case Attempt.Failed<E>(E lastWord) -> {
                    failures++;
                    if (failures >= patience.tries()) {
                        return lastWord;
                    }
                    TimeUnit.NANOSECONDS.sleep(patience.pauseAfter(failures).toNanos());
                }
            }
        }
    }

    private <E> Attempt<E> attempt(MqttErrand<E> errand) throws InterruptedException {
        try {
            return errand.attempt(broker);
        } catch (MqttLost e) {
            return new Attempt.Failed<>(errand.lost(e.reason()));
        } catch (MqttRefused e) {
            E ending = errand.refused(e);
            return e.isPassing() ? new Attempt.Failed<>(ending) : new Attempt.Done<>(ending);
        }
    }

    /// Devices that are still under way are lost.
    @Override
    public void close() {
        devices.shutdownNow();
        devices.close();
        dialer.close();
    }
}
