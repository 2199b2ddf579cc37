package io.muster.outlets.hono;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.muster.outlets.http.TlsServer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// A registry by the published contract, strict in what it accepts, that knows tenant `acme`.
final class FakeRegistry implements AutoCloseable {

    static final String TOKEN = "let-me-in";

    private static final int LARGEST_PAGE = 200;

    /// @param version its entity tag
    record Kept(ObjectNode device, String version, ArrayNode credentials, String credentialsVersion) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Kept> devices = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final ConcurrentLinkedQueue<Integer> moods = new ConcurrentLinkedQueue<>();
    private final AtomicLong writes = new AtomicLong();
    private final TlsServer server;

    FakeRegistry() throws Exception {
        server = TlsServer.named("localhost", this::answer);
    }

    private record Said(int status, Optional<JsonNode> body, Optional<String> version) {

        static Said of(int status) {
            return new Said(status, Optional.empty(), Optional.empty());
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Said said = said(exchange);
            said.version().ifPresent(it -> exchange.getResponseHeaders().add("ETag", it));
            byte[] body = said.body().map(JsonNode::toString).orElse("").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Said said(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Integer mood = moods.poll();
        if (mood != null) {
            return Said.of(mood);
        }
        if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return Said.of(401);
        }
        String[] path = exchange.getRequestURI().getRawPath().split("/", -1);
        if (path.length < 4 || !path[1].equals("v1")) {
            return Said.of(404);
        }
        if (!path[3].equals("acme")) {
            return Said.of(404);
        }
        if (path.length == 4) {
            return path[2].equals("devices") ? search(exchange) : Said.of(404);
        }
        String id = URLDecoder.decode(path[4], StandardCharsets.UTF_8);
        if (!id.matches("[a-zA-Z0-9-_.:]+")) {
            return Said.of(400);
        }
        Optional<String> expected =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("If-Match"));
        JsonNode written = body.length == 0 ? JsonNodeFactory.instance.missingNode() : json.readTree(body);
        if (body.length > 0
                && !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return Said.of(400);
        }
        return switch (path[2]) {
            case "devices" -> device(exchange.getRequestMethod(), id, written, expected);
            case "credentials" -> credentials(exchange.getRequestMethod(), id, written, expected);
            default -> Said.of(404);
        };
    }

    private synchronized Said device(String method, String id, JsonNode written, Optional<String> expected) {
        Optional<Kept> held = Optional.ofNullable(devices.get(id));
        if (method.equals("POST")) {
            if (!Contract.allowsDevice(written)) {
                return Said.of(400);
            }
            return held.isPresent() ? Said.of(409) : create(id, (ObjectNode) written);
        }
        if (held.isEmpty()) {
            return Said.of(404);
        }
        if (method.equals("GET")) {
            return new Said(
                    200,
                    Optional.of(shown(held.get().device())),
                    Optional.of(held.get().version()));
        }
        if (expected.isPresent() && !expected.get().equals(held.get().version())) {
            return Said.of(412);
        }
        return method.equals("PUT") ? update(id, held.get(), written) : remove(id);
    }

    private Said create(String id, ObjectNode device) {
        writes.incrementAndGet();
        String version = next();
        devices.put(id, new Kept(device, version, JsonNodeFactory.instance.arrayNode(), next()));
        return new Said(201, Optional.of(JsonNodeFactory.instance.objectNode().put("id", id)), Optional.of(version));
    }

    private Said update(String id, Kept held, JsonNode written) {
        if (!Contract.allowsDevice(written)) {
            return Said.of(400);
        }
        writes.incrementAndGet();
        String version = next();
        devices.put(id, new Kept((ObjectNode) written, version, held.credentials(), held.credentialsVersion()));
        return new Said(204, Optional.empty(), Optional.of(version));
    }

    private Said remove(String id) {
        devices.remove(id);
        return Said.of(204);
    }

    private synchronized Said credentials(String method, String id, JsonNode written, Optional<String> expected) {
        Optional<Kept> held = Optional.ofNullable(devices.get(id));
        if (held.isEmpty()) {
            return Said.of(404);
        }
        if (method.equals("GET")) {
            return new Said(
                    200,
                    Optional.of(held.get().credentials()),
                    Optional.of(held.get().credentialsVersion()));
        }
        if (!Contract.allowsCredentials(written)) {
            return Said.of(400);
        }
        if (expected.isPresent() && !expected.get().equals(held.get().credentialsVersion())) {
            return Said.of(412);
        }
        String version = next();
        devices.put(id, new Kept(held.get().device(), held.get().version(), (ArrayNode) written, version));
        return new Said(204, Optional.empty(), Optional.of(version));
    }

    /// What a reader is shown has a status that a writer must not give.
    private static ObjectNode shown(ObjectNode device) {
        ObjectNode shown = device.deepCopy();
        shown.withObjectProperty("status").put("created", "2026-11-23T18:30:00Z");
        return shown;
    }

    private Said search(HttpExchange exchange) throws IOException {
        Map<String, String> query = new TreeMap<>();
        for (String part : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            int equals = part.indexOf('=');
            query.put(part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        if (!Set.of("pageSize", "pageOffset", "filterJson").containsAll(query.keySet())) {
            return Said.of(400);
        }
        int size = Integer.parseInt(query.getOrDefault("pageSize", "30"));
        int offset = Integer.parseInt(query.getOrDefault("pageOffset", "0"));
        if (size > LARGEST_PAGE || !exchange.getRequestMethod().equals("GET")) {
            return Said.of(400);
        }
        List<ObjectNode> found = new ArrayList<>();
        Optional<JsonNode> filter = query.containsKey("filterJson")
                ? Optional.of(json.readTree(query.get("filterJson")))
                : Optional.empty();
        new TreeMap<>(devices).forEach((id, kept) -> {
            if (filter.isEmpty()
                    || kept.device()
                            .at(filter.get().path("field").asText())
                            .equals(filter.get().path("value"))) {
                found.add(shown(kept.device()).put("id", id));
            }
        });
        if (found.isEmpty() || offset >= found.size()) {
            return Said.of(404);
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("total", found.size());
        found.stream().skip(offset).limit(size).forEach(answer.withArrayProperty("result")::add);
        return new Said(200, Optional.of(answer), Optional.empty());
    }

    private String next() {
        return "v" + versions.incrementAndGet();
    }

    /// The next requests are answered with these, whatever they are.
    void answersWith(int... statuses) {
        for (int status : statuses) {
            moods.add(status);
        }
    }

    Map<String, Kept> devices() {
        return devices;
    }

    /// How often a device was written.
    long writes() {
        return writes.get();
    }

    TlsServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}
