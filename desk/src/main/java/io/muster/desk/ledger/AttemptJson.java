package io.muster.desk.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.ledger.Attempt;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shows an attempt with its decision, and says the decision in one sentence.
public final class AttemptJson {

    private AttemptJson() {}

    static ObjectNode show(Attempt attempt) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("attemptId", attempt.id().toString());
        json.put("tenant", attempt.tenant().value());
        json.put("registrationId", attempt.registrationId().display());
        json.put("at", attempt.at().toString());
        json.put("door", attempt.door());
        json.put("source", attempt.source());
        attempt.origin().ifPresent(origin -> json.set("enrollment", DeviceJson.origin(origin)));
        json.put("result", attempt.result().name().toLowerCase(Locale.ROOT));
        json.put("code", attempt.code());
        json.put("summary", summary(attempt));
        failure(attempt.trace())
                .map(Check::remedy)
                .filter(words -> !words.isEmpty())
                .ifPresent(words -> json.put("remedy", words));
        var checks = json.putArray("checks");
        attempt.trace().forEach(check -> checks.add(show(check)));
        return json;
    }

    public static ObjectNode show(Check check) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("code", check.code())
                .put("input", check.input())
                .put("verdict", check.verdict().name().toLowerCase(Locale.ROOT))
                .put("rule", check.rule());
        return check.remedy().isEmpty() ? json : json.put("remedy", check.remedy());
    }

    private static String summary(Attempt attempt) {
        return switch (attempt.result()) {
            case ACCEPTED -> accepted(attempt.code());
            case DEFERRED -> "The request is stored and will be carried out; the device was told to ask again.";
            case REFUSED ->
                failure(attempt.trace())
                        .map(Check::rule)
                        .orElse("The device was refused with code " + attempt.code() + ".");
        };
    }

    private static String accepted(String code) {
        return Arrays.stream(Change.values())
                .filter(change -> change.name().toLowerCase(Locale.ROOT).equals(code))
                .findFirst()
                .map(AttemptJson::words)
                .orElse("The device was accepted.");
    }

    private static String words(Change change) {
        return switch (change) {
            case INITIAL -> "The device is new and was enrolled.";
            case UNCHANGED -> "The device came again, and nothing about it changed.";
            case UPDATED -> "The device came again and stays on its hub; what it says of itself is new.";
            case CERTIFIED -> "The device came again and was given a certificate.";
            case MIGRATED -> "The device came again and moved to another hub, with its data.";
            case RESET -> "The device came again, moved to another hub and starts anew there.";
            case REKEYED -> "The device came again with a new identity key, as its enrollment allows.";
        };
    }

    /// The check that decided a refusal: the last one that failed.
    private static Optional<Check> failure(List<Check> trace) {
        return trace.stream()
                .filter(check -> check.verdict() == Check.Verdict.FAIL)
                .reduce((_, later) -> later);
    }
}
