package io.muster.outlets.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.outlets.credential.ServerIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real Mosquitto that speaks TLS and asks for a password, and its own reader.
final class Mosquitto implements AutoCloseable {

    static final String USER = "muster";

    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");
    private static final String PASSWORD = "open sesame";
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Path folder;
    private final int port;
    private final List<Process> readers = new ArrayList<>();
    private Process broker;

    /// What its reader read.
    record Message(String topic, boolean retained, String payload) {

        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(payload);
        }
    }

    private Mosquitto(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.broker = serve();
    }

    /// @param name  that stands in its certificate
    /// @param lines more of its configuration
    static Mosquitto start(Path folder, String name, String... lines) throws Exception {
        assumeThat(PROGRAM).as("mosquitto is installed").isExecutable();
        assumeThat(Path.of("/usr/bin/mosquitto_sub"))
                .as("mosquitto-clients are installed")
                .isExecutable();
        ServerIdentity.named(name).write(folder);
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        run("mosquitto_passwd", "-b", "-c", folder.resolve("users").toString(), USER, PASSWORD);
        int port = freePort();
        Files.writeString(folder.resolve("mosquitto.conf"), """
                user root
                listener %d 127.0.0.1
                certfile %s/server.pem
                keyfile %s/server.key
                password_file %s/users
                persistence true
                persistence_location %s/
                autosave_interval 1
                autosave_on_changes true
                max_queued_messages 0
                log_dest file %s/mosquitto.log
                %s
                """.formatted(
                        port, folder, folder, folder, folder, folder, String.join("\n", lines)));
        return new Mosquitto(folder, port);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process serve() throws IOException {
        Process started = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        await().atMost(LONG).until(() -> {
            assertThat(started.isAlive()).as(log()).isTrue();
            return answers();
        });
        return started;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private String log() throws IOException {
        Path log = folder.resolve("mosquitto.log");
        return Files.exists(log) ? Files.readString(log) : "no log";
    }

    Broker broker() {
        return new Broker(
                URI.create("mqtts://localhost:" + port),
                "muster-test",
                Optional.of(folder.resolve("anchor.pem")),
                Optional.of(new Broker.Login(USER, folder.resolve("password"))));
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        broker.destroyForcibly();
        broker.waitFor();
    }

    void startAgain() throws IOException {
        broker = serve();
    }

    /// Begins to read with a session that outlives connections; what comes is in [#read].
    void reads(String name, String topic) throws IOException {
        Path out = folder.resolve(name + ".txt");
        readers.add(new ProcessBuilder(
                        "stdbuf",
                        "-oL",
                        "mosquitto_sub",
                        "-V",
                        "5",
                        "-h",
                        "localhost",
                        "-p",
                        Integer.toString(port),
                        "-u",
                        USER,
                        "-P",
                        PASSWORD,
                        "--cafile",
                        folder.resolve("anchor.pem").toString(),
                        "-q",
                        "1",
                        "-c",
                        "-i",
                        name,
                        "-t",
                        topic,
                        "-F",
                        "%t\t%r\t%p",
                        "-d")
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start());
        await().atMost(LONG).until(() -> Files.readString(out).contains("Subscribed"));
    }

    /// What a reader printed of messages so far: its debug lines have no tabulators.
    List<Message> read(String name) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(name + ".txt"))) {
            return lines.filter(line -> line.chars().filter(c -> c == '\t').count() == 2)
                    .map(line -> line.split("\t", -1))
                    .map(parts -> new Message(parts[0], parts[1].equals("1"), parts[2]))
                    .toList();
        }
    }

    @Override
    public void close() {
        readers.forEach(Process::destroyForcibly);
        broker.destroyForcibly();
    }
}
