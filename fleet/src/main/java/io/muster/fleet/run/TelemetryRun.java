package io.muster.fleet.run;

import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.MqttCaller;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// Devices that stay connected and report at QoS 1, one message at a time each.
public final class TelemetryRun implements AutoCloseable {

    /// Connections that are opened at the same time.
    private static final int OPENING = 32;

    private static final int DIGITS = 3;

    private final MqttCaller caller;
    private final Duration pause;
    private final Semaphore opening = new Semaphore(OPENING);
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch beginning = new CountDownLatch(1);
    private final Map<String, Long> faults = new TreeMap<>();
    private volatile Recorder latencies = new Recorder(DIGITS);
    private volatile long begun;
    private volatile boolean over;

    /// @param perSecond of all devices together; absent for as fast as they are acknowledged
    public TelemetryRun(Address address, int devices, Optional<Double> perSecond) {
        this.caller = new MqttCaller(
                address,
                List.of("x-amzn-mqtt-ca"),
                Patience.once(),
                Runtime.getRuntime().availableProcessors());
        this.pause = perSecond
                .map(rate -> Duration.ofNanos((long) (devices / rate * 1e9)))
                .orElse(Duration.ZERO);
    }

    /// What came of a stretch of the run.
    ///
    /// @param messages that were acknowledged in it
    /// @param faults   how often each ended a connection since the beginning
    public record Stretch(
            long messages,
            double seconds,
            double p50Millis,
            double p99Millis,
            double p999Millis,
            double maxMillis,
            Map<String, Long> faults) {
        public Stretch {
            faults = Map.copyOf(faults);
        }

        public double perSecond() {
            return messages / seconds;
        }
    }

    /// Lets them all connect; returns how many are in. None of them says anything yet.
    public int connect(List<X509Device> devices) throws InterruptedException {
        for (X509Device device : devices) {
            opening.acquire();
            Reporting reporting = new Reporting(device, this, pause);
            caller.call(reporting, System.nanoTime(), (fault, _) -> ended(reporting, fault));
        }
        opening.acquire(OPENING);
        return open.get();
    }

    /// Said by a device that is in.
    void connected() {
        open.incrementAndGet();
        opening.release();
    }

    private void ended(Reporting reporting, String fault) {
        if (!reporting.wasIn()) {
            opening.release();
        }
        if (!fault.isEmpty() && !over) {
            synchronized (faults) {
                faults.merge(fault, 1L, Long::sum);
            }
        }
    }

    /// Lets them speak.
    public void begin() {
        begun = System.nanoTime();
        beginning.countDown();
    }

    long awaitBeginning() throws InterruptedException {
        beginning.await();
        return begun;
    }

    /// When they began to speak, or to be counted.
    long begun() {
        return begun;
    }

    boolean goesOn() {
        return !over;
    }

    void acknowledged(long nanos) {
        latencies.recordValue(Math.max(0, nanos));
    }

    /// Counts for so long, from now on.
    public Stretch measure(Duration time) throws InterruptedException {
        latencies = new Recorder(DIGITS);
        begun = System.nanoTime();
        long from = begun;
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        Histogram heard = latencies.getIntervalHistogram();
        double seconds = (System.nanoTime() - from) / 1e9;
        return new Stretch(
                heard.getTotalCount(),
                seconds,
                heard.getValueAtPercentile(50) / 1e6,
                heard.getValueAtPercentile(99) / 1e6,
                heard.getValueAtPercentile(99.9) / 1e6,
                heard.getMaxValue() / 1e6,
                faults());
    }

    private Map<String, Long> faults() {
        synchronized (faults) {
            return Map.copyOf(faults);
        }
    }

    @Override
    public void close() {
        over = true;
        beginning.countDown();
        caller.close();
    }
}
