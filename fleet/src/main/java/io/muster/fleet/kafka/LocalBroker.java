package io.muster.fleet.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/// A real Kafka in this process: one broker that is its own controller (KRaft), on loopback. A lone broker keeps what
/// it acknowledged through the end of its process, not through the end of its machine.
public final class LocalBroker implements AutoCloseable {

    private static final String SETTINGS = "broker.properties";
    private static final String PARTITIONS = "6";

    private final int port;
    private final Properties settings;
    private KafkaRaftServer server;

    private LocalBroker(int port, Properties settings) {
        this.port = port;
        this.settings = settings;
        this.server = serve(settings);
    }

    /// Starts one with nothing in it.
    ///
    /// @param folder an empty one, or one that shall be made
    public static LocalBroker start(Path folder) throws IOException {
        Files.createDirectories(folder);
        int port = freePort();
        Properties settings = settings(folder.resolve("log"), port, freePort());
        Path file = folder.resolve(SETTINGS);
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        StorageTool.execute(format, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return new LocalBroker(port, settings);
    }

    private static KafkaRaftServer serve(Properties settings) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
        return server;
    }

    /// Serves again after [#close], with what it had.
    public void startAgain() {
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
        settings.setProperty("num.partitions", PARTITIONS);
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

    /// Where clients find it: `host:port`.
    public String servers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
