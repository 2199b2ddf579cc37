package io.muster.desk.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.muster.desk.wire.Contract;
import io.muster.desk.wire.ServerIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Speaks to a desk as an operator's tool does, and holds each answer against the contract.
public final class Operator implements AutoCloseable {

    /// @param json the body; an empty object where the body is not JSON
    public record Answer(int status, String contentType, JsonObject json, String text, HttpResponse<String> raw) {
        public String code() {
            return json.getString("code", "");
        }
    }

    private final int port;
    private final Optional<String> token;
    private final HttpClient client;
    /// Read once for all tests: reading the contract takes longer than most of them.
    private static final Vertx VERTX = Vertx.vertx();

    private static final OpenAPIContract CONTRACT =
            await(OpenAPIContract.from(VERTX, Contract.read().document()));

    private final Set<String> seen = new TreeSet<>();

    public Operator(int port, ServerIdentity trusted, Optional<String> token) {
        this(port, trusted, token, Optional.empty());
    }

    /// @param own what it proves itself with over TLS
    public Operator(int port, ServerIdentity trusted, Optional<String> token, Optional<ServerIdentity> own) {
        this.port = port;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(trusted, own))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /// @param headers name and value by turns
    public Answer post(String path, String json, String... headers) {
        return send(request(path)
                .headers(headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /// @param headers name and value by turns
    public Answer patch(String path, String json, String... headers) {
        return send(request(path)
                .headers(headers)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    /// The status of an answer that may be HTTP's own and not the contract's.
    public int status(HttpRequest.Builder builder) {
        try {
            return client.send(builder.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> raw = client.send(request, HttpResponse.BodyHandlers.ofString());
            Answer answer = answer(raw);
            keepsContract(request, answer);
            return answer;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Operation ids whose answers were held against the contract, each with its status.
    public Set<String> seen() {
        return Set.copyOf(seen);
    }

    public OpenAPIContract contract() {
        return CONTRACT;
    }

    @Override
    public void close() {
        client.close();
    }

    private static Answer answer(HttpResponse<String> raw) {
        String type = raw.headers().firstValue("Content-Type").orElse("");
        JsonObject json = type.contains("json") ? new JsonObject(raw.body()) : new JsonObject();
        return new Answer(raw.statusCode(), type, json, raw.body(), raw);
    }

    /// Paths that the contract does not have answer a problem all the same; that is held against the problem's schema
    /// through any operation.
    private void keepsContract(HttpRequest request, Answer answer) {
        Operation operation = CONTRACT.findOperation(
                request.uri().getPath(), io.vertx.core.http.HttpMethod.valueOf(request.method()));
        if (!answer.contentType().contains("json")) {
            keepsItsType(operation, answer);
            return;
        }
        String name = operation == null ? "getTenant" : operation.getOperationId();
        boolean problem = answer.contentType().equals("application/problem+json");
        if (problem != answer.json().containsKey("retryable")) {
            throw new AssertionError("Problems, and they alone, are application/problem+json: " + answer.text());
        }
        int status = problem && operation == null ? 404 : answer.status();
        await(ResponseValidator.create(VERTX, CONTRACT)
                .validate(
                        ValidatableResponse.create(
                                status, Buffer.buffer(answer.text().getBytes(UTF_8)), "application/json"),
                        name));
        seen.add(name + " " + answer.status());
    }

    /// What is not JSON is of the type that the contract names; there is nothing else to hold against it.
    private void keepsItsType(@Nullable Operation operation, Answer answer) {
        if (operation == null) {
            return;
        }
        String type = answer.contentType().replaceFirst(";.*", "");
        var response = operation.getResponse(answer.status());
        if (response == null || !response.getContent().containsKey(type)) {
            throw new AssertionError(operation.getOperationId() + " answers " + type + ", which its contract lacks");
        }
        seen.add(operation.getOperationId() + " " + answer.status());
    }

    private static SSLContext trusting(ServerIdentity identity, Optional<ServerIdentity> own) {
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry("desk", identity.chain().getFirst());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.map(Operator::keys).orElse(null), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyManager[] keys(ServerIdentity own) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("own", own.key(), new char[0], own.chain().toArray(new Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The answer breaks the contract: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
