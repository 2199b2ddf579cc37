package io.muster.outlets.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import io.muster.outlets.http.TlsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/// A receiver that checks signatures by the library that Standard Webhooks publish, and answers as it likes.
final class Receiver implements AutoCloseable {

    /// One event as it came.
    record Received(String id, String device, long version) {}

    private final com.standardwebhooks.Webhook verifier;
    private final ToIntFunction<Received> mood;
    private final TlsServer server;
    private final List<Received> taken = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger busiest = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();

    private Receiver(String secret, ToIntFunction<Received> mood) throws Exception {
        this.verifier = verifier(secret);
        this.mood = mood;
        this.server = TlsServer.named("localhost", this::answer);
    }

    /// @param mood what it answers to an event with a good signature
    static Receiver with(String secret, ToIntFunction<Received> mood) throws Exception {
        return new Receiver(secret, mood);
    }

    private static com.standardwebhooks.Webhook verifier(String secret) throws EmptyWebhookSecretException {
        return new com.standardwebhooks.Webhook(secret);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = status(exchange, body);
            if (status == 429) {
                exchange.getResponseHeaders().add("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status, -1);
        } finally {
            busy.decrementAndGet();
        }
    }

    private int status(HttpExchange exchange, String body) throws IOException {
        try {
            verifier.verify(body, exchange.getRequestHeaders());
        } catch (WebhookVerificationException e) {
            return 401;
        }
        JsonNode event = new ObjectMapper().readTree(body);
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        if (!id.equals(event.path("id").asText())
                || !"application/cloudevents+json"
                        .equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return 415;
        }
        Received received = new Received(
                id,
                event.path("subject").asText(),
                event.path("data").path("version").asLong());
        int status = mood.applyAsInt(received);
        if (status / 100 == 2) {
            synchronized (taken) {
                taken.add(received);
            }
        }
        return status;
    }

    TlsServer server() {
        return server;
    }

    List<Received> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    /// Of each device the versions in the order in which they first came.
    Map<String, List<Long>> versions() {
        Map<String, List<Long>> versions = new HashMap<>();
        taken().stream().distinct().forEach(it -> versions.computeIfAbsent(it.device(), device -> new ArrayList<>())
                .add(it.version()));
        return versions;
    }

    int asked() {
        return asked.get();
    }

    /// So many requests were there at once.
    int busiest() {
        return busiest.get();
    }

    @Override
    public void close() {
        server.close();
    }
}
