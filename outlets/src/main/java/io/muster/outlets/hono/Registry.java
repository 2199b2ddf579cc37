package io.muster.outlets.hono;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.http.Answer;
import io.muster.outlets.http.Ask;
import io.muster.outlets.http.Ask.Method;
import io.muster.outlets.http.HttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registry, as its contract says. A write carries the version that it changes, so what somebody else wrote
/// meanwhile is not lost; the writer looks again then.
final class Registry {

    /// The most that a page may have.
    static final int PAGE = 200;

    private final URI base;
    private final Access access;
    private final HttpClient client;
    private final InstantSource clock;
    private final ObjectMapper json = JsonMapper.builder().build();

    /// @param base with the version, such as `https://registry.example.com/v1`
    Registry(URI base, Access access, HttpClient client, InstantSource clock) {
        this.base = base;
        this.access = access;
        this.client = client;
        this.clock = clock;
    }

    Optional<Versioned> device(Name tenant, String id) {
        return read("/devices/", tenant, id).filter(it -> it.content().isObject());
    }

    Optional<Versioned> credentials(Name tenant, String id) {
        return read("/credentials/", tenant, id);
    }

    private Optional<Versioned> read(String kind, Name tenant, String id) {
        Answer answer = ask(Method.GET, path(kind, tenant, id), Optional.empty(), Optional.empty());
        return switch (answer.status()) {
            case 200 -> Optional.of(new Versioned(content(answer), answer.header("ETag")));
            case 404 -> Optional.empty();
            default -> throw unavailable(answer);
        };
    }

    /// False when it is there already.
    boolean create(Name tenant, String id, JsonNode device) throws Refusal {
        Answer answer = ask(Method.POST, path("/devices/", tenant, id), Optional.of(device), Optional.empty());
        return switch (answer.status()) {
            case 201 -> true;
            case 409 -> false;
            case 404 ->
                throw new SinkUnavailable(
                        "The registry knows no tenant " + tenant + ". Create it there with its trust anchors, or name"
                                + " the others in tenants.",
                        Duration.ZERO);
            default -> throw refusal(answer);
        };
    }

    /// False when it is another version by now, or gone.
    boolean update(Name tenant, String id, JsonNode device, Optional<String> version) throws Refusal {
        return written(ask(Method.PUT, path("/devices/", tenant, id), Optional.of(device), version));
    }

    /// False when they are another version by now, or their device is gone.
    boolean setCredentials(Name tenant, String id, JsonNode credentials, Optional<String> version) throws Refusal {
        return written(ask(Method.PUT, path("/credentials/", tenant, id), Optional.of(credentials), version));
    }

    private boolean written(Answer answer) throws Refusal {
        return switch (answer.status()) {
            case 204 -> true;
            case 404, 412 -> false;
            default -> throw refusal(answer);
        };
    }

    /// Removes it with its credentials; false when it is another version by now.
    boolean delete(Name tenant, String id, Optional<String> version) {
        Answer answer = ask(Method.DELETE, path("/devices/", tenant, id), Optional.empty(), version);
        return switch (answer.status()) {
            case 204, 404 -> true;
            case 412 -> false;
            default -> throw unavailable(answer);
        };
    }

    /// A page of a tenant's devices; empty after the last one, and where the registry knows no such tenant.
    List<JsonNode> page(Name tenant, int offset) {
        return search(tenant, "?pageSize=" + PAGE + "&pageOffset=" + offset);
    }

    /// The devices that have this value at a place.
    ///
    /// @param pointer to it (RFC 6901)
    List<JsonNode> having(Name tenant, String pointer, String value) {
        JsonNode filter =
                JsonNodeFactory.instance.objectNode().put("field", pointer).put("value", value);
        return search(tenant, "?pageSize=" + PAGE + "&filterJson=" + encoded(filter.toString()));
    }

    private List<JsonNode> search(Name tenant, String query) {
        Answer answer =
                ask(Method.GET, "/devices/" + encoded(tenant.value()) + query, Optional.empty(), Optional.empty());
        return switch (answer.status()) {
            case 200 -> content(answer).path("result").valueStream().toList();
            case 404 -> List.of();
            default -> throw unavailable(answer);
        };
    }

    private static String path(String kind, Name tenant, String id) {
        return kind + encoded(tenant.value()) + "/" + encoded(id);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer ask(Method method, String path, Optional<JsonNode> body, Optional<String> version) {
        try {
            Map<String, String> headers = new HashMap<>();
            String authorization = access.header();
            if (!authorization.isEmpty()) {
                headers.put("Authorization", authorization);
            }
            version.ifPresent(it -> headers.put("If-Match", it));
            body.ifPresent(it -> headers.put("Content-Type", "application/json"));
            Optional<Bytes> octets = body.map(it -> Bytes.of(it.toString().getBytes(StandardCharsets.UTF_8)));
            return client.ask(new Ask(method, URI.create(base + path), headers, octets));
        } catch (IOException e) {
            throw new SinkUnavailable("The registry cannot be asked: " + e.getMessage() + ".", e);
        }
    }

    private JsonNode content(Answer answer) {
        try {
            JsonNode read = json.readTree(answer.body().toArray());
            if (!read.isContainerNode()) {
                throw new SinkUnavailable("The registry answers something else than its contract says.", Duration.ZERO);
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new SinkUnavailable("The registry answers something that is no JSON.", Duration.ZERO);
        } catch (IOException e) {
            throw new SinkUnavailable("The registry's answer cannot be read.", e);
        }
    }

    /// What speaks of what was given, and not of who gave it or of the registry, is refused for good.
    private Refusal refusal(Answer answer) {
        if (answer.status() == 400 || answer.status() == 413) {
            return new Refusal("the registry answers " + answer.status() + ": it takes no such device");
        }
        throw unavailable(answer);
    }

    private SinkUnavailable unavailable(Answer answer) {
        String what = answer.status() == 401 || answer.status() == 403
                ? "it does not let the sink in. Check the token or the password."
                : "it is tried again.";
        return new SinkUnavailable(
                "The registry answers " + answer.status() + ": " + what, answer.retryAfter(clock.instant()));
    }
}
