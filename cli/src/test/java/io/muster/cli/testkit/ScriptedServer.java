package io.muster.cli.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A server that gives the answers that it was told, in their order, and remembers what it was asked. Its data
/// directory holds what a client needs, as that of a real server does.
public final class ScriptedServer implements AutoCloseable {

    public static final String TOKEN = "a-token-that-only-this-test-knows-0123456789";

    private static final String PASSWORD = "of-this-test-only";

    /// @param status of the answer
    private record Answer(int status, String body) {}

    private final HttpsServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    public ScriptedServer(Path data) {
        try {
            KeyStore keys = identity(data);
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
            server.createContext("/", this::serve);
            server.start();
            Files.writeString(data.resolve("desk.url"), "https://127.0.0.1:" + port() + "\n");
            Files.writeString(data.resolve("admin.token"), TOKEN + "\n");
            Files.createDirectories(data.resolve("trust"));
            Files.writeString(data.resolve("trust").resolve("server-ca.pem"), pem(keys));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public synchronized void willAnswer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    /// What was asked since the last time, as `METHOD /path body`; a wrong token shows.
    public synchronized List<String> asked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        answers.clear();
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean known =
                    ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            asked.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip()
                    + (known ? "" : " (without the token)")
                    + condition(exchange));
            Answer answer = answers.isEmpty() ? new Answer(500, "nothing scripted") : answers.remove();
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String condition(HttpExchange exchange) {
        String expected = exchange.getRequestHeaders().getFirst("If-Match");
        return expected == null ? "" : " If-Match: " + expected;
    }

    private static KeyStore identity(Path data) throws IOException, GeneralSecurityException {
        Path store = data.resolve("identity.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "desk",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=scripted",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "90",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException("keytool ended with " + exit);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(KeyStore keys) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getCertificate("desk").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
