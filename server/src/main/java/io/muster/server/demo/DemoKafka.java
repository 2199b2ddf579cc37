package io.muster.server.demo;

import io.muster.fleet.kafka.LocalBroker;
import io.muster.fleet.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Kafka in this process for the time of the demo, to which Muster tells everything.
final class DemoKafka implements AutoCloseable {

    static final String EVENTS = "muster.events";
    static final String TELEMETRY = "muster.telemetry";

    private static final String SINK = "demo";
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(20);

    private final Path folder;
    private final LocalBroker broker;

    private DemoKafka(Path folder, LocalBroker broker) {
        this.folder = folder;
        this.broker = broker;
    }

    /// Starts one with nothing in it.
    static DemoKafka start() throws IOException {
        Path folder = Files.createTempDirectory("muster-demo-kafka-");
        return new DemoKafka(folder, LocalBroker.start(folder));
    }

    /// The settings with which Muster tells it events and messages, each as `key=value`.
    List<String> settings() {
        return List.of(
                "sinks." + SINK + ".kind=kafka",
                "sinks." + SINK + ".bootstrap-servers=" + servers(),
                "routes." + SINK + ".when=true",
                "routes." + SINK + ".to=" + SINK);
    }

    String servers() {
        return broker.servers();
    }

    Heard heard() {
        return new Heard.InTopic(servers(), TELEMETRY);
    }

    /// How many events stand in its topic, when all that happened was told; or after a while.
    long events(Operator operator) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
        while (operator.asks("sink", "get", SINK).path("lagEntries").asLong() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        try (TopicReader reader = TopicReader.fromBeginning(servers(), EVENTS)) {
            return reader.written();
        }
    }

    @Override
    public void close() {
        broker.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
