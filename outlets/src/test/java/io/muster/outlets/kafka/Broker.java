package io.muster.outlets.kafka;

import io.muster.fleet.kafka.LocalBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.tools.consumer.ConsoleConsumer;

/// A real Kafka in this process, and its own console consumer in another.
final class Broker implements AutoCloseable {

    private static final long LONGEST_READING_SECONDS = 60;

    private final Path folder;
    private final LocalBroker broker;

    private Broker(Path folder, LocalBroker broker) {
        this.folder = folder;
        this.broker = broker;
    }

    static Broker start(Path folder) throws IOException {
        return new Broker(folder, LocalBroker.start(folder));
    }

    /// Serves again after [#close], with what it had.
    void startAgain() {
        broker.startAgain();
    }

    String servers() {
        return broker.servers();
    }

    /// What Kafka's console consumer prints of so many records: key, a tab, value.
    List<String> consumed(String topic, int records) throws IOException, InterruptedException {
        Path out = folder.resolve(topic + ".txt");
        Process consumer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ConsoleConsumer.class.getName(),
                        "--bootstrap-server",
                        servers(),
                        "--topic",
                        topic,
                        "--from-beginning",
                        "--max-messages",
                        Integer.toString(records),
                        "--timeout-ms",
                        "20000",
                        "--formatter-property",
                        "print.key=true")
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve(topic + ".err").toFile())
                .start();
        try {
            if (!consumer.waitFor(LONGEST_READING_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the console consumer does not end");
            }
        } finally {
            consumer.destroyForcibly();
        }
        return Files.readAllLines(out).stream()
                .filter(line -> line.contains("\t"))
                .toList();
    }

    @Override
    public void close() {
        broker.close();
    }
}
