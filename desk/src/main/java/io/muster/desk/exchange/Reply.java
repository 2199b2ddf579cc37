package io.muster.desk.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.muster.desk.problem.Problem;
import java.util.HashMap;
import java.util.Map;

/// An answer, ready to be written.
///
/// @param body JSON; a text under a content type that is not JSON is written as it is
public record Reply(int status, String contentType, Map<String, String> headers, JsonNode body) {

    public static final String JSON = "application/json";

    /// RFC 9457, section 3.
    public static final String PROBLEM_JSON = "application/problem+json";

    public Reply {
        headers = Map.copyOf(headers);
    }

    public static Reply ok(JsonNode body) {
        return new Reply(200, JSON, Map.of(), body);
    }

    /// An answer that is not JSON.
    public static Reply text(String contentType, String text) {
        return new Reply(200, contentType, Map.of(), TextNode.valueOf(text));
    }

    /// Whether the body is to be written as it is.
    public boolean plain() {
        return body.isTextual() && !contentType.contains("json");
    }

    public static Reply created(String location, JsonNode body) {
        return new Reply(201, JSON, Map.of("Location", location), body);
    }

    public static Reply unavailable(JsonNode body) {
        return new Reply(503, JSON, Map.of(), body);
    }

    public static Reply refused(Problem problem) {
        return new Reply(problem.kind().status(), PROBLEM_JSON, Map.of(), json(problem));
    }

    public Reply withHeader(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, contentType, more, body);
    }

    private static ObjectNode json(Problem problem) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "urn:muster:problem:" + problem.kind().code());
        json.put("title", problem.kind().title());
        json.put("status", problem.kind().status());
        json.put("detail", problem.detail());
        problem.reference().ifPresent(reference -> json.put("instance", "urn:muster:occurrence:" + reference));
        json.put("code", problem.kind().code());
        json.put("retryable", problem.kind().retryable());
        json.put("remedy", problem.remedy());
        if (!problem.faults().isEmpty()) {
            var errors = json.putArray("errors");
            problem.faults()
                    .forEach(fault -> errors.addObject().put("at", fault.at()).put("detail", fault.detail()));
        }
        return json;
    }
}
