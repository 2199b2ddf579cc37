package io.muster.desk.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import io.muster.core.permission.ActionPattern;
import io.muster.core.permission.Parsed;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.permission.ResourcePattern;
import io.muster.core.permission.Statement;
import io.muster.core.permission.Statement.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads policies in a few words: `allow` and `deny` are lists of resources, for every action.
public final class WordPolicies implements PolicyReader {

    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public PolicyReading read(String text) {
        JsonNode json = tree(text);
        List<Statement> statements = new ArrayList<>();
        json.path("deny").forEach(resource -> statements.add(statement(Effect.DENY, resource.asText())));
        json.path("allow").forEach(resource -> statements.add(statement(Effect.ALLOW, resource.asText())));
        return statements.isEmpty()
                ? new PolicyReading.Unreadable(JsonPlace.WHOLE.member("allow"), "it says nothing", "Allow something.")
                : new PolicyReading.Read(new PolicyDocument(new Json(text), statements));
    }

    private static Statement statement(Effect effect, String resource) {
        if (!(ResourcePattern.parse(resource) instanceof Parsed.Good<ResourcePattern>(ResourcePattern pattern))) {
            throw new IllegalArgumentException("no resource: " + resource);
        }
        return new Statement(
                Optional.of(effect == Effect.ALLOW ? "lets" : "keeps"),
                effect,
                List.of(ActionPattern.parse("iot:*").orElseThrow()),
                List.of(pattern),
                List.of());
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The desk reads JSON before it asks", e);
        }
    }
}
