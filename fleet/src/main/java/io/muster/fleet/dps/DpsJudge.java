package io.muster.fleet.dps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.channel.Judgment;
import io.muster.fleet.channel.Reply;
import io.muster.fleet.device.Device;
import java.time.Duration;

/// Verifies that an answer is what the published SDKs accept, and that it is about the device that asked.
public final class DpsJudge implements Judge {

    /// As in the SDKs.
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(2);
    private static final int LONGEST_TEXT = 200;

    private final ObjectMapper json = new ObjectMapper();

    @Override
    public Judgment<Ending> judge(Device device, Reply reply) {
        return switch (reply.status()) {
            case 200, 202 -> accepted(device, reply);
            case 429, 500, 502, 503, 504 -> new Judgment.Unavailable<>(refusal(reply));
            default -> new Judgment.Final<>(refusal(reply));
        };
    }

    private Judgment<Ending> accepted(Device device, Reply reply) {
        String type = reply.contentType();
        if (!type.startsWith("application/json")) {
            return lost("content type is '" + cut(type) + "', not application/json");
        }
        JsonNode body;
        try {
            body = json.readTree(reply.body());
        } catch (JsonProcessingException e) {
            return lost("the answer is not JSON");
        }
        if (!body.path("operationId").isTextual()) {
            return lost("the answer has no operationId");
        }
        return switch (body.path("status").asText()) {
            case "assigned" -> new Judgment.Final<>(assigned(device, body.path("registrationState")));
            case "assigning" -> deferred(reply, body);
            case "failed", "disabled" -> new Judgment.Final<>(failed(reply, body.path("registrationState")));
            default -> lost("status is '" + cut(body.path("status").asText()) + "'");
        };
    }

    private static Ending assigned(Device device, JsonNode state) {
        String deviceId = state.path("deviceId").asText();
        String hub = state.path("assignedHub").asText();
        if (!"assigned".equals(state.path("status").asText())) {
            return new Ending.Lost("registrationState.status is not assigned");
        }
        if (!state.path("registrationId").asText().equalsIgnoreCase(device.registrationId())) {
            return new Ending.Lost("the answer is about another registration id");
        }
        if (deviceId.isBlank() || hub.isBlank()) {
            return new Ending.Lost("the answer lacks deviceId or assignedHub");
        }
        return isKnown(state) ? new Ending.Reenrolled(deviceId, hub) : new Ending.Enrolled(deviceId, hub);
    }

    /// A device that the server knew: re-provisioned by its substatus, or changed later than created.
    private static boolean isKnown(JsonNode state) {
        String substatus = state.path("substatus").asText("");
        boolean reprovisioned = !substatus.isEmpty() && !"initialAssignment".equals(substatus);
        JsonNode created = state.path("createdDateTimeUtc");
        JsonNode updated = state.path("lastUpdatedDateTimeUtc");
        return reprovisioned || (created.isTextual() && updated.isTextual() && !created.equals(updated));
    }

    private static Judgment<Ending> deferred(Reply reply, JsonNode body) {
        String operationId = body.path("operationId").asText();
        if (operationId.isBlank()) {
            return lost("deferred without an operationId to ask for");
        }
        return new Judgment.Deferred<>(operationId, reply.pause().orElse(USUAL_PAUSE));
    }

    private static Ending failed(Reply reply, JsonNode state) {
        return new Ending.Refused(
                reply.status(),
                cut(state.path("errorCode").asText()),
                cut(state.path("errorMessage").asText()));
    }

    private Ending.Refused refusal(Reply reply) {
        String code = "";
        String message = "";
        try {
            JsonNode body = json.readTree(reply.body());
            code = body.path("errorCode").asText();
            message = body.path("message").asText();
        } catch (JsonProcessingException e) {
            message = "(the body is not JSON)";
        }
        return new Ending.Refused(reply.status(), cut(code), cut(message));
    }

    private static Judgment<Ending> lost(String reason) {
        return new Judgment.Final<>(new Ending.Lost(reason));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
