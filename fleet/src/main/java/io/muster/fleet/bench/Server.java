package io.muster.fleet.bench;

import io.muster.fleet.aws.AwsTarget;
import io.muster.fleet.aws.Format;
import io.muster.fleet.dps.Target;
import io.muster.fleet.est.EstTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The server under test: a process of its own on the server's core, found ready.
///
/// @param child        its process
/// @param admin        its desk
/// @param data         its data directory
/// @param ports        where it listens
/// @param readySeconds from start to ready
/// @param fresh        whether the data directory was new
record Server(Child child, AdminApi admin, Path data, Ports ports, double readySeconds, boolean fresh)
        implements AutoCloseable {

    private static final Duration TIME_TO_START = Duration.ofMinutes(2);

    /// Starts `launcher up` and waits until it serves.
    static Server start(Path launcher, Path data, Path log, Cores cores, Ports ports)
            throws IOException, InterruptedException {
        return start(launcher, data, log, cores, ports, List.of());
    }

    /// The same with more settings, each as `key=value`.
    static Server start(Path launcher, Path data, Path log, Cores cores, Ports ports, List<String> settings)
            throws IOException, InterruptedException {
        boolean fresh = Files.notExists(data.resolve("admin.token"));
        List<String> command = new ArrayList<>(List.of(
                launcher.toAbsolutePath().toString(),
                "up",
                "--data",
                data.toAbsolutePath().toString()));
        command.addAll(ports.settings());
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        long begun = System.nanoTime();
        Child child = Child.start("The server", cores.onServerCore(command), log);
        try {
            Path anchor = data.resolve("trust/server-ca.pem");
            Path token = data.resolve("admin.token");
            child.awaitReady(TIME_TO_START, () -> Files.exists(anchor) && Files.exists(token));
            AdminApi admin = AdminApi.of(data, ports.desk());
            child.awaitReady(TIME_TO_START, admin::isReady);
            return new Server(child, admin, data, ports, (System.nanoTime() - begun) / 1e9, fresh);
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    Target target(String tenant) throws IOException {
        return new Target(https(), anchor(), tenant);
    }

    Target mqttTarget(String tenant) throws IOException {
        return new Target(mqtts(), anchor(), tenant);
    }

    EstTarget estTarget(String tenant, String enrollment) throws IOException {
        return new EstTarget(https(), anchor(), tenant + "." + enrollment);
    }

    AwsTarget awsTarget(String template, Optional<String> telemetry) throws IOException {
        return new AwsTarget(mqtts(), anchor(), template, Format.JSON, telemetry);
    }

    private URI https() {
        return URI.create("https://127.0.0.1:" + ports.https());
    }

    private URI mqtts() {
        return URI.create("mqtts://127.0.0.1:" + ports.mqtt().orElseThrow());
    }

    private String anchor() throws IOException {
        return Files.readString(data.resolve("trust/server-ca.pem"));
    }

    Meter meter() {
        return new Meter(child.pid(), Optional.of(data));
    }

    @Override
    public void close() {
        admin.close();
        child.close();
    }
}
