package io.muster.server.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;

/// Three Kafka brokers (KRaft, each a controller, too), each in a process of its own that may be killed. Topics have
/// three replicas, and a record counts when two have it.
public final class KafkaCluster implements AutoCloseable {

    private static final int BROKERS = 3;
    private static final long LONGEST_START_SECONDS = 90;

    private record Place(int port, int controllerPort) {}

    private final Path folder;
    private final List<Place> places;
    private final List<Process> processes = new ArrayList<>();

    private KafkaCluster(Path folder, List<Place> places) {
        this.folder = folder;
        this.places = places;
    }

    /// Starts one with nothing in it, and returns when all three brokers serve.
    public static KafkaCluster start(Path folder) throws IOException {
        List<Place> places = IntStream.range(0, BROKERS)
                .mapToObj(ignored -> new Place(ChildNode.freePort(), ChildNode.freePort()))
                .toList();
        KafkaCluster cluster = new KafkaCluster(folder, places);
        String id = Uuid.randomUuid().toString();
        for (int node = 0; node < BROKERS; node++) {
            cluster.format(node, id);
            cluster.processes.add(cluster.spawn(node));
        }
        Awaitility.await()
                .atMost(LONGEST_START_SECONDS, TimeUnit.SECONDS)
                .ignoreExceptions()
                .until(() -> cluster.brokers() == BROKERS);
        return cluster;
    }

    private void format(int node, String id) throws IOException {
        Path file = file(node);
        try (OutputStream out = Files.newOutputStream(file)) {
            settings(node).store(out, null);
        }
        String[] format = {"format", "-t", id, "-c", file.toString()};
        StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    }

    private Properties settings(int node) {
        Properties settings = new Properties();
        Place place = places.get(node);
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(node));
        settings.setProperty("controller.quorum.voters", voters());
        settings.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + place.port() + ",CONTROLLER://127.0.0.1:" + place.controllerPort());
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + place.port());
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("log.dirs", folder.resolve("log-" + node).toString());
        settings.setProperty("num.partitions", "3");
        settings.setProperty("default.replication.factor", "3");
        settings.setProperty("min.insync.replicas", "2");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        settings.setProperty("log.cleaner.threads", "1");
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        settings.setProperty("replica.lag.time.max.ms", "5000");
        return settings;
    }

    private String voters() {
        return IntStream.range(0, BROKERS)
                .mapToObj(node -> node + "@127.0.0.1:" + places.get(node).controllerPort())
                .collect(Collectors.joining(","));
    }

    private Path file(int node) {
        return folder.resolve("broker-" + node + ".properties");
    }

    private Process spawn(int node) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "kafka.Kafka",
                        file(node).toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker-" + node + ".out").toFile())
                .start();
    }

    /// Where clients find it.
    public String servers() {
        return places.stream().map(place -> "127.0.0.1:" + place.port()).collect(Collectors.joining(","));
    }

    private int brokers() throws Exception {
        try (Admin admin = Admin.create(admin())) {
            return admin.describeCluster().nodes().get().size();
        }
    }

    private Map<String, Object> admin() {
        return Map.of("bootstrap.servers", servers(), "default.api.timeout.ms", 10_000, "request.timeout.ms", 5_000);
    }

    /// As `kill -9` of the broker that leads the first partition of a topic, as soon as somebody has made the topic.
    public void killLeaderOf(String topic) throws Exception {
        int leader = Awaitility.await()
                .atMost(LONGEST_START_SECONDS, TimeUnit.SECONDS)
                .ignoreExceptionsMatching(KafkaCluster::saysThatItIsUnknown)
                .until(() -> leader(topic), node -> node >= 0);
        Process process = processes.get(leader);
        process.destroyForcibly();
        if (!process.waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("a killed broker does not end");
        }
    }

    private static boolean saysThatItIsUnknown(Throwable fault) {
        return fault.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private int leader(String topic) throws Exception {
        try (Admin admin = Admin.create(admin())) {
            TopicDescription described = Objects.requireNonNull(
                    admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            return described.partitions().getFirst().leader().id();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
