package io.muster.fleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A Kafka of one broker on the devices' cores, in a process of its own.
///
/// @param servers where it is found
record Bus(Child child, String servers) implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofMinutes(1);

    /// @param folder an empty one, or one that shall be made
    static Bus start(Path folder, Cores cores) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Child child = Child.start("Kafka", cores.onClientCores(command(folder)), folder.resolve("broker.out"));
        try {
            Path address = folder.resolve(KafkaBrokerCommand.ADDRESS);
            child.awaitReady(TIME_TO_START, () -> Files.exists(address));
            return new Bus(child, Files.readString(address));
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private static List<String> command(Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.muster.fleet.Main",
                "bench",
                "kafka-broker",
                folder.toString());
    }

    @Override
    public void close() {
        child.close();
    }
}
