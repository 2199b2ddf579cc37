package io.muster.outlets.hooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.muster.core.connectivity.HookUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A hook on loopback, with a certificate for one name.
final class Receiver implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KeyStore store;

    private Receiver(HttpsServer server, KeyStore store) {
        this.server = server;
        this.store = store;
    }

    /// What it does with a call.
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /// @param name what its certificate says, such as `dns:localhost`
    static Receiver open(Path folder, String name, Answer answer)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore store = keys(folder.resolve("keys-" + name.hashCode() + ".p12"), name);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        Receiver receiver = new Receiver(server, store);
        server.setExecutor(receiver.threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.start();
        return receiver;
    }

    static Answer saying(int status, String body) {
        return exchange -> {
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
            exchange.getResponseBody().write(octets);
        };
    }

    HookUrl url(String path) {
        return new HookUrl("https://localhost:" + server.getAddress().getPort() + path);
    }

    /// Its certificate, to be trusted.
    KeyStore anchors() throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("hook", store.getCertificate("hook"));
        return anchors;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /// The JDK's own tool makes certificates; its libraries do not.
    private static KeyStore keys(Path file, String name)
            throws IOException, GeneralSecurityException, InterruptedException {
        if (!Files.exists(file)) {
            make(file, name);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void make(Path file, String name) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "hook",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=hook",
                        "-ext",
                        "SAN=" + name,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("keytool made no key");
        }
    }
}
