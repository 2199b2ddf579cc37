package io.muster.fleet.mqtt;

import static org.awaitility.Awaitility.await;

import io.muster.fleet.channel.Address;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Somebody else's broker, on loopback: it lets in devices of one maker, each under the name in its certificate.
final class Mosquitto implements AutoCloseable {

    private final Process process;
    private final Address address;

    private Mosquitto(Process process, Address address) {
        this.process = process;
        this.address = address;
    }

    /// Where the program is, if it is installed. Debian keeps it in a folder that is in no user's PATH.
    static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, "mosquitto"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Mosquitto start(Path folder, Maker devices) throws IOException {
        Maker authority = Maker.found("Mosquitto");
        X509Device identity = authority.makeLocalServer();
        Files.writeString(folder.resolve("server.pem"), identity.chainPem());
        Files.writeString(folder.resolve("server.key"), identity.privateKeyPem());
        Files.writeString(folder.resolve("makers.pem"), devices.rootPem());
        Files.writeString(folder.resolve("acl"), "pattern readwrite %u/#\n");
        int port = freePort();
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(configuration, """
                user %s
                listener %d 127.0.0.1
                cafile %3$s/makers.pem
                certfile %3$s/server.pem
                keyfile %3$s/server.key
                acl_file %3$s/acl
                allow_anonymous false
                require_certificate true
                use_identity_as_username true
                """.formatted(System.getProperty("user.name"), port, folder));
        Process process = new ProcessBuilder(program().orElseThrow().toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Address address = new Address(URI.create("mqtts://localhost:" + port), authority.rootPem());
        await().atMost(Duration.ofSeconds(20)).until(() -> failed(process, folder) || accepts(port));
        return new Mosquitto(process, address);
    }

    private static boolean failed(Process process, Path folder) throws IOException {
        if (process.isAlive()) {
            return false;
        }
        throw new IllegalStateException("mosquitto ended: " + Files.readString(folder.resolve("log")));
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Address address() {
        return address;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
