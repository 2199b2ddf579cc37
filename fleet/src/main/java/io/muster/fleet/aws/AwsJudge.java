package io.muster.fleet.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.mqtt.Attempt;
import io.muster.fleet.mqtt.Message;
import java.io.IOException;

/// Verifies that an answer is what the published SDKs accept.
final class AwsJudge {

    private static final int LONGEST_TEXT = 200;

    private final Payloads payloads;
    private final CertificateAnswer certificates = new CertificateAnswer();

    AwsJudge(Payloads payloads) {
        this.payloads = payloads;
    }

    /// The answer to a create call.
    Step<Created> created(Newcomer newcomer, String request, Message message) {
        return switch (accepted(request, message)) {
            case Step.Passed<JsonNode>(JsonNode answer) -> certificates.read(newcomer, answer);
            case Step.Ended<JsonNode>(Attempt<Onboarding> attempt) -> new Step.Ended<>(attempt);
        };
    }

    /// The answer to RegisterThing: the thing's name.
    Step<String> registered(String request, Message message) {
        return switch (accepted(request, message)) {
            case Step.Passed<JsonNode>(JsonNode answer) -> thing(answer);
            case Step.Ended<JsonNode>(Attempt<Onboarding> attempt) -> new Step.Ended<>(attempt);
        };
    }

    private static Step<String> thing(JsonNode answer) {
        String name = answer.path("thingName").asText();
        if (!answer.path("thingName").isTextual() || name.isBlank()) {
            return Step.lost("the answer has no thingName");
        }
        if (!isFlat(answer.path("deviceConfiguration"))) {
            return Step.lost("deviceConfiguration is not a flat map of text, which Java's SDK cannot read");
        }
        return new Step.Passed<>(name);
    }

    private static boolean isFlat(JsonNode configuration) {
        if (configuration.isMissingNode() || configuration.isNull()) {
            return true;
        }
        return configuration.isObject()
                && configuration.properties().stream()
                        .allMatch(entry -> entry.getValue().isTextual());
    }

    private Step<JsonNode> accepted(String request, Message message) {
        boolean accepted = message.topic().equals(request + "/accepted");
        if (!accepted && !message.topic().equals(request + "/rejected")) {
            return Step.lost("the answer's topic is not that of an answer to the request");
        }
        if (message.retained()) {
            return Step.lost("the answer is a retained message");
        }
        JsonNode body;
        try {
            body = payloads.read(message.payload());
        } catch (IOException e) {
            return Step.lost("the answer is not in the format of the request");
        }
        if (!body.isObject()) {
            return Step.lost("the answer is not an object");
        }
        return accepted ? new Step.Passed<>(body) : rejected(body);
    }

    private static Step<JsonNode> rejected(JsonNode body) {
        JsonNode status = body.path("statusCode");
        if (!status.isInt()
                || !body.path("errorCode").isTextual()
                || !body.path("errorMessage").isTextual()) {
            return Step.lost("a rejection without statusCode, errorCode and errorMessage");
        }
        Onboarding refused = new Onboarding.Refused(
                status.asInt(),
                cut(body.path("errorCode").asText()),
                cut(body.path("errorMessage").asText()));
        return new Step.Ended<>(
                switch (status.asInt()) {
                    case 429, 500, 502, 503, 504 -> new Attempt.Failed<>(refused);
                    default -> new Attempt.Done<>(refused);
                });
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
