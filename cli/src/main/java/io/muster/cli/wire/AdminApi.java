package io.muster.cli.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;

/// The admin API of one server.
public final class AdminApi {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);
    private static final Duration LONGEST_UPLOAD = Duration.ofHours(1);
    private static final String NEXT_UNREACHABLE =
            "Check that it runs and that the address is right; " + "GET /health/ready on it says whether it serves.";

    private final JsonMapper json = new JsonMapper();
    private final Whereabouts.Known server;
    private final HttpClient client;
    private final Manner manner;

    private AdminApi(Whereabouts.Known server, HttpClient client, Manner manner) {
        this.server = server;
        this.client = client;
        this.manner = manner;
    }

    /// The host of the server.
    public String host() {
        return server.url().getHost();
    }

    /// The same, where every change is a dry run.
    public AdminApi dry() {
        return new AdminApi(server, client, new Manner(true, manner.ifVersion()));
    }

    /// The same, where a change happens to this version only.
    public AdminApi ifVersion(int version) {
        return new AdminApi(server, client, new Manner(manner.dryRun(), Optional.of(version)));
    }

    /// What came of looking for a server to talk to.
    public sealed interface Opened {
        record Open(AdminApi api) implements Opened {}

        record Failed(Answer answer) implements Opened {}
    }

    public static Opened open(Whereabouts.Known server) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(LONGEST_CONNECT);
        Optional<KeyManager[]> keys;
        try {
            keys = server.own().isPresent() ? Optional.of(server.own().get().managers()) : Optional.empty();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
            return new Opened.Failed(new Answer.Unreachable(
                    "The client certificate, or its key, cannot be read.",
                    "MUSTER_CLIENT_CERT is a certificate in PEM, MUSTER_CLIENT_KEY its key in PEM as PKCS#8: openssl pkcs8"
                            + " -topk8 -nocrypt converts one."));
        }
        Optional<Path> anchor = server.anchor();
        try {
            if (anchor.isPresent() || keys.isPresent()) {
                client.sslContext(Trust.in(anchor, keys.orElse(null)));
            }
            return new Opened.Open(new AdminApi(server, client.build(), Manner.USUAL));
        } catch (IOException | GeneralSecurityException _) {
            return new Opened.Failed(new Answer.Unreachable(
                    "The server's anchor cannot be read from "
                            + anchor.map(Path::toString).orElse("nowhere") + ".",
                    "It is the PEM file trust/server-ca.pem of the server's data directory."));
        }
    }

    public Answer get(String path, Map<String, String> query) {
        String tail = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send("GET", tail.isEmpty() ? path : path + "?" + tail, BodyPublishers.noBody());
    }

    /// Whether the server serves, as it says of itself: outside of the admin API, and open to everybody.
    public Answer ready() {
        return send(
                "GET",
                URI.create(server.url() + "/health/ready"),
                BodyPublishers.noBody(),
                "application/json",
                LONGEST_REQUEST);
    }

    public Answer post(String path, JsonNode body) {
        return change("POST", path, publisher(body));
    }

    public Answer patch(String path, JsonNode body) {
        return change("PATCH", path, publisher(body));
    }

    public Answer delete(String path) {
        return change("DELETE", path, BodyPublishers.noBody());
    }

    /// Sends a file as it is.
    public Answer upload(String path, Path file, FileBody.Sent sent) {
        try {
            return send("POST", path, FileBody.of(file, sent), "application/octet-stream", LONGEST_UPLOAD);
        } catch (IOException e) {
            return new Answer.Unreachable(
                    "The file " + file + " cannot be read: " + e.getMessage(), "Check that it is there.");
        }
    }

    /// One part of a path.
    public static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private BodyPublisher publisher(JsonNode body) {
        return body.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString());
    }

    private Answer change(String method, String path, BodyPublisher body) {
        return send(method, manner.dryRun() ? path + "?dryRun=true" : path, body);
    }

    private Answer send(String method, String path, BodyPublisher body) {
        return send(method, path, body, "application/json", LONGEST_REQUEST);
    }

    private Answer send(String method, String path, BodyPublisher body, String type, Duration longest) {
        return send(method, URI.create(server.url() + "/api/v1" + path), body, type, longest);
    }

    private Answer send(String method, URI target, BodyPublisher body, String type, Duration longest) {
        HttpRequest.Builder asked = HttpRequest.newBuilder(target);
        if (!server.token().isEmpty()) {
            asked.header("Authorization", "Bearer " + server.token());
        }
        manner.ifVersion().ifPresent(version -> asked.header("If-Match", "\"" + version + "\""));
        HttpRequest request = asked.timeout(longest)
                .header("Accept", "application/json, application/problem+json")
                .header("Content-Type", type)
                .method(method, body)
                .build();
        try {
            return answer(client.send(request, BodyHandlers.ofByteArray()));
        } catch (SSLException e) {
            return new Answer.Unreachable(
                    "The server at " + server.url() + " is not trusted: " + e.getMessage(),
                    "Set MUSTER_CA to the server's trust/server-ca.pem, and use a host name that its certificate has.");
        } catch (ConnectException _) {
            return new Answer.Unreachable("Nothing answers at " + server.url() + ".", NEXT_UNREACHABLE);
        } catch (IOException e) {
            return new Answer.Unreachable(
                    "The connection to " + server.url() + " failed: " + e.getMessage(), NEXT_UNREACHABLE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Answer.Unreachable("The request was interrupted.", "Ask again.");
        }
    }

    private Answer answer(HttpResponse<byte[]> response) {
        boolean good = response.statusCode() / 100 == 2;
        try {
            JsonNode body = json.readTree(response.body());
            return good ? new Answer.Good(body) : new Answer.Refused(response.statusCode(), body);
        } catch (JsonProcessingException _) {
            return notMuster(response.statusCode());
        } catch (IOException _) {
            return notMuster(response.statusCode());
        }
    }

    private Answer notMuster(int status) {
        return status / 100 == 2
                ? new Answer.Unreachable("What answers at " + server.url() + " is not Muster's desk.", NEXT_UNREACHABLE)
                : new Answer.Refused(status, MissingNode.getInstance());
    }
}
