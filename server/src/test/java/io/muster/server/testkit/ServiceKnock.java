package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Knocks at the service API with tokens of its own making, good ones and bad ones.
///
/// @param policy    as the token names it
/// @param key       in base64
/// @param resource  the host that the token is for
/// @param life      of the token
/// @param authorization instead of a token, where there is one
public record ServiceKnock(
        HttpClient client,
        URI desk,
        String policy,
        String key,
        String resource,
        Duration life,
        Optional<String> authorization) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param json of the answer; missing where it has none
    public record Heard(int status, JsonNode json) {}

    /// @param policy as the command line showed it when it was made
    public static ServiceKnock at(Installation house, JsonNode policy) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        byte[] anchor = Files.readString(house.house().data().serverAnchor()).getBytes(StandardCharsets.US_ASCII);
        trust.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(anchor)));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return new ServiceKnock(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(context)
                        .build(),
                house.house().deskUrl(),
                policy.path("sharedAccessKeyName").asText(),
                policy.path("key").asText(),
                "127.0.0.1",
                Duration.ofMinutes(5),
                Optional.empty());
    }

    public ServiceKnock named(String other) {
        return new ServiceKnock(client, desk, other, key, resource, life, authorization);
    }

    public ServiceKnock with(String otherKey) {
        return new ServiceKnock(client, desk, policy, otherKey, resource, life, authorization);
    }

    public ServiceKnock signingFor(String host) {
        return new ServiceKnock(client, desk, policy, key, host, life, authorization);
    }

    public ServiceKnock expiring(Duration after) {
        return new ServiceKnock(client, desk, policy, key, resource, after, authorization);
    }

    public ServiceKnock bearing(String header) {
        return new ServiceKnock(client, desk, policy, key, resource, life, Optional.of(header));
    }

    public Heard get(String path) throws Exception {
        return getOfAdmin(versioned(path));
    }

    /// A path as it is, without the version that the service API wants.
    public Heard getOfAdmin(String path) throws Exception {
        return send(request(path).GET());
    }

    public Heard delete(String path) throws Exception {
        return send(request(versioned(path)).DELETE());
    }

    public Heard put(String path, String json) throws Exception {
        return send(request(versioned(path)).PUT(BodyPublishers.ofString(json)));
    }

    public Heard post(String path, String json) throws Exception {
        return send(request(versioned(path)).POST(BodyPublishers.ofString(json)));
    }

    private static String versioned(String path) {
        return path + "?api-version=2021-10-01";
    }

    private HttpRequest.Builder request(String path) throws Exception {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + desk.getPort() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", authorization.isPresent() ? authorization.get() : token());
    }

    private Heard send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Heard(answer.statusCode(), JSON.readTree(answer.body()));
    }

    private String token() throws Exception {
        String expires = Long.toString(Instant.now().plus(life).getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
        byte[] signature = mac.doFinal((resource + "\n" + expires).getBytes(StandardCharsets.UTF_8));
        return "SharedAccessSignature sr=" + resource + "&sig="
                + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), StandardCharsets.UTF_8) + "&se="
                + expires + "&skn=" + policy;
    }
}
