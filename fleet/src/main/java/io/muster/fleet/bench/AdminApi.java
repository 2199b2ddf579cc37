package io.muster.fleet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The few calls of the admin API that a benchmark needs.
final class AdminApi implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String MAKERS = "makers";

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;
    private final URI base;
    private final String token;

    private AdminApi(HttpClient http, URI base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    /// The desk of the server whose data directory is `data`, with its trust anchor and its token.
    static AdminApi of(Path data, int port) throws IOException {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(trusting(data.resolve("trust/server-ca.pem")))
                .connectTimeout(PATIENCE)
                .build();
        String token = Files.readString(data.resolve("admin.token")).strip();
        return new AdminApi(http, URI.create("https://127.0.0.1:" + port), token);
    }

    /// Whether every listener serves. False as well while nobody answers.
    boolean isReady() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/health/ready"))
                    .timeout(PATIENCE)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// A tenant with one hub.
    void createTenant(String tenant) throws IOException, InterruptedException {
        post("/api/v1/tenants", JsonNodeFactory.instance.objectNode().put("name", tenant));
        ObjectNode hub = JsonNodeFactory.instance.objectNode();
        hub.put("name", "bench-1").put("region", "bench").put("endpoint", "mqtts://bench-1.example.com:8883");
        post("/api/v1/tenants/" + tenant + "/hubs", hub);
    }

    /// A group for every device of a maker.
    void createX509Group(String tenant, String rootPem) throws IOException, InterruptedException {
        post("/api/v1/tenants/" + tenant + "/enrollments", makers(rootPem));
    }

    /// A group for every device of a maker, which get certificates that they may renew at once; its name.
    String createCertifiedGroup(String tenant, String rootPem) throws IOException, InterruptedException {
        ObjectNode enrollment = makers(rootPem);
        enrollment.putObject("certificates").put("renewAfter", Duration.ZERO.toString());
        post("/api/v1/tenants/" + tenant + "/enrollments", enrollment);
        return MAKERS;
    }

    /// A group for devices with derived keys; its primary key, base64.
    String createSymmetricGroup(String tenant) throws IOException, InterruptedException {
        ObjectNode enrollment = group("keys");
        enrollment.putObject("proof").putObject("symmetricKey");
        JsonNode created = post("/api/v1/tenants/" + tenant + "/enrollments", enrollment);
        return created.at("/proof/symmetricKey/primaryKey").asText();
    }

    /// Live devices, and the bytes that they occupy with indexes and out-of-line values.
    record Stock(long devices, long bytes) {}

    Stock stock() throws IOException, InterruptedException {
        JsonNode installation = send(request("/api/v1/installation").GET().build());
        return new Stock(
                installation.path("devices").asLong(),
                installation.at("/database/deviceDataBytes").asLong());
    }

    /// How many entries a sink has yet to pass.
    long lag(String sink) throws IOException, InterruptedException {
        return send(request("/api/v1/sinks/" + sink).GET().build())
                .path("lagEntries")
                .asLong();
    }

    /// Lets a sink be told everything again.
    void replay(String sink) throws IOException, InterruptedException {
        post("/api/v1/sinks/" + sink + "/replay", JsonNodeFactory.instance.objectNode());
    }

    private static ObjectNode makers(String rootPem) {
        ObjectNode enrollment = group(MAKERS);
        enrollment.putObject("proof").putObject("x509").put("caCertificates", rootPem);
        return enrollment;
    }

    private static ObjectNode group(String name) {
        ObjectNode enrollment = JsonNodeFactory.instance.objectNode();
        enrollment.put("name", name).put("kind", "group");
        enrollment.putObject("allocation").put("policy", "hashed").putArray("hubs");
        return enrollment;
    }

    /// The answer to a POST that succeeded.
    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body = json.readTree(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException("The server refused " + request.method() + " "
                    + request.uri().getPath() + " with " + response.statusCode() + ": "
                    + body.path("detail").asText() + " " + body.path("remedy").asText());
        }
        return body;
    }

    private static SSLContext trusting(Path anchors) throws IOException {
        try (InputStream pem = Files.newInputStream(anchors)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var anchor : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("anchor-" + store.size(), anchor);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot trust the certificate in " + anchors, e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
