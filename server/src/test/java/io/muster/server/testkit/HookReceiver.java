package io.muster.server.testkit;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// An operator's own service that a house asks, on loopback.
public final class HookReceiver implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final Path anchors;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HookReceiver(HttpsServer server, Path anchors) {
        this.server = server;
        this.anchors = anchors;
    }

    /// @param answering gives the answer to a question
    public static HookReceiver open(UnaryOperator<String> answering) {
        try {
            Path folder = Ground.folder("hook");
            KeyStore store = keys(folder.resolve("keys.p12"));
            Path anchors = Files.writeString(folder.resolve("hook-ca.pem"), pem(store.getCertificate("hook")));
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls(store)));
            HookReceiver receiver = new HookReceiver(server, anchors);
            server.createContext("/", exchange -> {
                try (exchange) {
                    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                    receiver.asked.add(question);
                    byte[] answer = answering.apply(question).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
            server.start();
            return receiver;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "https://localhost:" + server.getAddress().getPort() + "/hook";
    }

    /// What lets a house call it.
    public String[] settings() {
        return new String[] {"hooks.allow=" + url(), "hooks.allow-private=true", "hooks.ca=" + anchors};
    }

    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static SSLContext tls(KeyStore store) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        return tls;
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /// The JDK's own tool makes certificates; its libraries do not.
    private static KeyStore keys(Path file) throws IOException, GeneralSecurityException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> words = List.of((tool + " -genkeypair -alias hook -keyalg EC -groupname secp256r1 -dname CN=hook"
                        + " -ext SAN=dns:localhost -validity 2 -storetype PKCS12 -storepass changeit -keystore")
                .split(" ", -1));
        Process made = new ProcessBuilder(Stream.concat(words.stream(), Stream.of(file.toString()))
                        .toList())
                .inheritIO()
                .start();
        try {
            if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
                throw new IOException("keytool made no key");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
