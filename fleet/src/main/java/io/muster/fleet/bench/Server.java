package io.muster.fleet.bench;

import io.muster.fleet.dps.Target;
import io.muster.fleet.est.EstTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The server under test: a process of its own on the server's core, found ready.
///
/// @param child        its process
/// @param admin        its desk
/// @param data         its data directory
/// @param port         where devices register
/// @param readySeconds from start to ready
/// @param fresh        whether the data directory was new
record Server(Child child, AdminApi admin, Path data, int port, double readySeconds, boolean fresh)
        implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofMinutes(2);

    /// Starts `launcher up` on free ports and waits until it serves.
    static Server start(Path launcher, Path data, Path log, Cores cores) throws IOException, InterruptedException {
        int https = freePort();
        int desk = freePort();
        boolean fresh = Files.notExists(data.resolve("admin.token"));
        List<String> command = List.of(
                launcher.toAbsolutePath().toString(),
                "up",
                "--data",
                data.toAbsolutePath().toString(),
                "--set",
                "listeners.host=127.0.0.1",
                "--set",
                "listeners.https.port=" + https,
                "--set",
                "listeners.mqtt.port=off",
                "--set",
                "desk.port=" + desk);
        long begun = System.nanoTime();
        Child child = Child.start("The server", cores.onServerCore(command), log);
        try {
            Path anchor = data.resolve("trust/server-ca.pem");
            Path token = data.resolve("admin.token");
            child.awaitReady(TIME_TO_START, () -> Files.exists(anchor) && Files.exists(token));
            AdminApi admin = AdminApi.of(data, desk);
            child.awaitReady(TIME_TO_START, admin::isReady);
            return new Server(child, admin, data, https, (System.nanoTime() - begun) / 1e9, fresh);
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    Target target(String tenant) throws IOException {
        String anchor = Files.readString(data.resolve("trust/server-ca.pem"));
        return new Target(URI.create("https://127.0.0.1:" + port), anchor, tenant);
    }

    EstTarget estTarget(String tenant, String enrollment) throws IOException {
        String anchor = Files.readString(data.resolve("trust/server-ca.pem"));
        return new EstTarget(URI.create("https://127.0.0.1:" + port), anchor, tenant + "." + enrollment);
    }

    Meter meter() {
        return new Meter(child.pid(), Optional.of(data));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        admin.close();
        child.close();
    }
}
