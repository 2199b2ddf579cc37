package io.muster.server.testkit;

import io.muster.fleet.dps.Target;
import io.muster.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// `muster up` in a process of its own, which may be killed. The port of its devices stays the same over all starts.
public final class ChildNode implements AutoCloseable {

    private static final int LOWEST_PORT = 20_000;
    private static final int HIGHEST_PORT = 32_000;
    private static final int PORTS_TRIED = 1_000;
    private static final long LONGEST_START_SECONDS = 90;
    private static final long LONGEST_STOP_SECONDS = 60;

    private final Path data;
    private final int port = freePort();
    private final List<String> settings;
    private Process process;

    private ChildNode(Path data, List<String> settings) {
        this.data = data;
        this.settings = settings;
        this.process = spawn();
    }

    /// Starts one on a data directory, new or not, and returns when it serves.
    public static ChildNode up(Path data, String... settings) {
        ChildNode node = new ChildNode(data, List.of(settings));
        node.untilItServes();
        return node;
    }

    /// How a command of the server ended that was not meant to serve.
    public record Ended(int code, String out, String err) {}

    /// Runs a command of the server to its end.
    public static Ended runs(String... words) throws IOException, InterruptedException {
        Path err = Ground.folder("child").resolve("stderr");
        Process process = builder(List.of(words)).redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    private Process spawn() {
        List<String> words = new ArrayList<>(List.of("up", "--data", data.toString()));
        words.addAll(List.of("--set", "desk.port=0", "--set", "listeners.objects.port=0"));
        words.addAll(List.of("--set", "listeners.mqtt.port=0"));
        words.addAll(List.of("--set", "listeners.https.port=" + port));
        settings.forEach(setting -> words.addAll(List.of("--set", setting)));
        try {
            Files.createDirectories(data);
            return builder(words).redirectError(log().toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words);
        return new ProcessBuilder(command);
    }

    private void untilItServes() {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture<Boolean> served = CompletableFuture.supplyAsync(
                () -> out.lines().anyMatch(line -> line.contains("Stop with Ctrl-C")), Thread::startVirtualThread);
        try {
            if (!served.get(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The node ended instead of serving: " + Files.readString(log()));
            }
        } catch (Exception e) {
            process.destroyForcibly();
            throw new AssertionError("The node does not serve, see " + log(), e);
        }
    }

    /// What it logged since its last start.
    public Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    public Path data() {
        return data;
    }

    public int port() {
        return port;
    }

    public Operator operator() {
        return new Operator(data);
    }

    /// Where devices of a tenant knock.
    public Target target(String scope) {
        return targetAt(port, scope);
    }

    /// The same by way of another port that leads to it.
    public Target targetAt(int otherPort, String scope) {
        try {
            String anchor = Files.readString(data.resolve("trust").resolve("server-ca.pem"));
            return new Target(URI.create("https://localhost:" + otherPort), anchor, scope);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As `kill -9`.
    public void kill() {
        process.destroyForcibly();
        ended();
    }

    /// As `kill`; the code with which it ended.
    public int terminate() {
        process.destroy();
        return ended();
    }

    private int ended() {
        try {
            if (process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AssertionError("The node did not end within " + LONGEST_STOP_SECONDS + " s, see " + log());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Starts it again on its files, and returns when it serves.
    public void upAgain() {
        process = spawn();
        untilItServes();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }

    /// A port of loopback that nobody has, below those that systems give to whoever asks for any: the node's own
    /// database asks for one before the node takes this.
    public static int freePort() {
        return ThreadLocalRandom.current()
                .ints(LOWEST_PORT, HIGHEST_PORT)
                .limit(PORTS_TRIED)
                .filter(ChildNode::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "ChildNode" + Arrays.asList(data, port);
    }
}
