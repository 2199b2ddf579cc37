package io.muster.outlets.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.tools.consumer.ConsoleConsumer;

/// A real Kafka (KRaft, one broker that is its own controller) in this process, and its own console consumer in
/// another.
final class Broker implements AutoCloseable {

    private static final long LONGEST_READING_SECONDS = 60;

    private final Path folder;
    private final int port;
    private final Properties settings;
    private KafkaRaftServer server;

    private Broker(Path folder, int port, Properties settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
        this.server = serve(settings);
    }

    static Broker start(Path folder) throws IOException {
        int port = freePort();
        Properties settings = settings(folder.resolve("log"), port, freePort());
        Path file = folder.resolve("broker.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return new Broker(folder, port, settings);
    }

    private static KafkaRaftServer serve(Properties settings) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
        return server;
    }

    /// Serves again after [#close], with what it had.
    void startAgain() {
        server = serve(settings);
    }

    private static Properties settings(Path log, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("log.dirs", log.toString());
        settings.setProperty("num.partitions", "3");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("log.cleaner.dedupe.buffer.size", "4194304");
        settings.setProperty("log.cleaner.threads", "1");
        settings.setProperty("auto.create.topics.enable", "false");
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String servers() {
        return "127.0.0.1:" + port;
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
        server.shutdown();
        server.awaitShutdown();
    }
}
