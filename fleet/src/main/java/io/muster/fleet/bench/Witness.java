package io.muster.fleet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.kafka.TopicReader;
import io.muster.fleet.kafka.TopicReader.Found;
import io.muster.fleet.run.FleetSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Somebody who reads the topic of events, and notes when each new device becomes visible there.
final class Witness implements AutoCloseable {

    private static final String TOPIC = "muster.events";
    private static final String ENROLLED = "io.muster.device.enrolled";
    private static final long LONGEST_SECONDS = 60;

    private final TopicReader reader;
    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> seen = new HashSet<>();
    private final Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(10), 3);
    private final Thread thread = new Thread(this::read, "witness");
    private volatile boolean closed;
    private volatile long count;

    private Witness(TopicReader reader) {
        this.reader = reader;
    }

    /// From now on.
    static Witness watch(String servers) {
        Witness witness = new Witness(TopicReader.fromNow(servers, TOPIC));
        witness.thread.start();
        return witness;
    }

    private void read() {
        while (!closed) {
            reader.look(this::note);
        }
        reader.close();
    }

    private void note(Found found) {
        Instant now = Instant.now();
        try {
            JsonNode event = json.readTree(found.value().orElse(new byte[0]));
            if (event.path("type").asText().equals(ENROLLED)
                    && seen.add(event.path("id").asText())) {
                Instant at = Instant.parse(event.path("time").asText());
                micros.recordValue(Math.max(0, Duration.between(at, now).toNanos() / 1000));
                count = seen.size();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a record is no JSON", e);
        }
    }

    /// Waits until so many were seen; not for ever: whoever is missing then is missing in the report.
    void awaitSeen(long events) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (count < events && System.nanoTime() < end && thread.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    RelayReport.Timed timed(double rate, FleetSummary fleet) {
        close();
        return new RelayReport.Timed(
                rate, fleet, count, millis(50), millis(90), millis(99), micros.getMaxValue() / 1000.0);
    }

    private double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
