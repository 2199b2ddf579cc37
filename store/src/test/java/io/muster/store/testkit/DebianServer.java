package io.muster.store.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A server started from Debian's `postgresql` package, of whatever version is installed: on loopback, in a temporary
/// folder, apart from any cluster that Debian runs itself.
final class DebianServer {
    static final String ABSENT =
            "no external PostgreSQL: /usr/lib/postgresql/*/bin is missing, or there is no user postgres to run it as"
                    + " (./muster test installs both when it runs as root with apt-get)";

    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
    private static final String PASSWORD = "for-tests-only";
    private static final String USER = "muster";

    private static final class Once {
        static final Optional<TestDatabase> SERVER = programs().map(DebianServer::start);
    }

    private DebianServer() {}

    static Optional<TestDatabase> running() {
        return Once.SERVER;
    }

    private static Optional<Path> programs() {
        if (!Files.isDirectory(PACKAGES) || (isRoot() && !hasPostgresUser())) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            return versions.filter(version -> Files.isExecutable(version.resolve("bin/postgres")))
                    .max(Comparator.comparingInt(DebianServer::number))
                    .map(version -> version.resolve("bin"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Path version) {
        String name = version.getFileName().toString();
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }

    private static TestDatabase start(Path bin) {
        Path ground = TestGround.create("debian");
        try {
            Path cluster = initialize(bin, ground);
            int port = freePort();
            Process server = spawn(serverCommand(bin, cluster, port), ground);
            TestGround.atTheEnd(ground, () -> stop(server));
            TestDatabase database = new TestDatabase(
                    "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable", USER, PASSWORD);
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> answers(database));
            return database;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The external PostgreSQL did not start, see " + ground, e);
        }
    }

    private static Path initialize(Path bin, Path ground) throws IOException, InterruptedException {
        Path password = TestGround.readable(Files.writeString(ground.resolve("password"), PASSWORD));
        Path cluster = Files.createDirectory(ground.resolve("cluster"));
        if (isRoot()) {
            finish(List.of("chown", "postgres:postgres", cluster.toString()), ground);
        }
        finish(
                asOrdinaryUser(List.of(
                        bin.resolve("initdb").toString(),
                        "--pgdata=" + cluster,
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync")),
                ground);
        return cluster;
    }

    private static List<String> serverCommand(Path bin, Path cluster, int port) {
        List<String> server = new ArrayList<>(
                List.of(bin.resolve("postgres").toString(), "-D", cluster.toString(), "-p", String.valueOf(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=64MB",
                "timezone=UTC")) {
            server.addAll(List.of("-c", setting));
        }
        return asOrdinaryUser(server);
    }

    private static List<String> asOrdinaryUser(List<String> command) {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
            all.addAll(List.of("--pdeathsig=INT"));
        }
        all.addAll(command);
        return all;
    }

    private static void finish(List<String> command, Path ground) throws IOException, InterruptedException {
        Process process = builder(command, ground).start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: "
                    + Files.readString(ground.resolve("log"), StandardCharsets.UTF_8));
        }
    }

    /// The server is told to stop when the thread that started it ends: this one ends with the JVM.
    private static Process spawn(List<String> command, Path ground) throws InterruptedException {
        SynchronousQueue<Process> started = new SynchronousQueue<>();
        Thread.ofPlatform().daemon().name("external-postgres").start(() -> {
            try {
                Process process = builder(command, ground).start();
                started.put(process);
                process.waitFor();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        Process process = started.poll(30, TimeUnit.SECONDS);
        if (process == null) {
            throw new IllegalStateException("no process: " + String.join(" ", command));
        }
        return process;
    }

    private static ProcessBuilder builder(List<String> command, Path ground) {
        return new ProcessBuilder(command)
                .directory(ground.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(ground.resolve("log").toFile()));
    }

    private static void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean answers(TestDatabase database) {
        try {
            database.connect().close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static boolean hasPostgresUser() {
        try (Stream<String> users = Files.lines(Path.of("/etc/passwd"))) {
            return users.anyMatch(user -> user.startsWith("postgres:"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
