package io.muster.outlets.hooks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.core.connectivity.Advice;
import io.muster.core.device.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads answers: strict JSON, and no member that is not known. What could not be read is told without a word of it.
final class Answers {

    private static final int MAX_DEPTH = 32;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_PAYLOAD = 8 * 1024;
    private static final int MOST_OVERRIDES = 50;
    private static final int LONGEST_OVERRIDE = 4_096;
    private static final String NOT_UNDERSTOOD = "gave an answer that is not understood: ";

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(HookCall.MAX_ANSWER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// AllocationResponse of Azure DPS. Its documentation spells the host in two ways.
    Advice allocation(byte[] answer) {
        Optional<JsonNode> read = object(answer, Set.of("iotHubHostName", "iotHubHostname", "initialTwin", "payload"));
        if (read.isEmpty()) {
            return unfit("it is no AllocationResponse");
        }
        JsonNode host = read.get().has("iotHubHostName")
                ? read.get().path("iotHubHostName")
                : read.get().path("iotHubHostname");
        if (!host.isTextual() || host.textValue().length() > LONGEST_HOST) {
            return unfit("it names no hub in iotHubHostName");
        }
        JsonNode payload = read.get().path("payload");
        if (payload.isMissingNode() || payload.isNull()) {
            return new Advice.Host(host.textValue(), Optional.empty());
        }
        return payload.isObject() && payload.toString().length() <= LONGEST_PAYLOAD
                ? new Advice.Host(host.textValue(), Optional.of(new Json(payload.toString())))
                : unfit("its payload is no object of at most " + LONGEST_PAYLOAD + " characters");
    }

    /// What a pre-provisioning hook of AWS IoT returns.
    Advice provisioning(byte[] answer) {
        Optional<JsonNode> read = object(answer, Set.of("allowProvisioning", "parameterOverrides"));
        JsonNode allow = read.map(it -> it.path("allowProvisioning")).orElseGet(MissingNode::getInstance);
        if (!allow.isBoolean()) {
            return unfit("allowProvisioning is neither true nor false");
        }
        if (!allow.booleanValue()) {
            return new Advice.Denied();
        }
        JsonNode overrides = read.orElseThrow().path("parameterOverrides");
        if (overrides.isMissingNode() || overrides.isNull()) {
            return new Advice.Allowed(Map.of());
        }
        return overrides(overrides)
                .<Advice>map(Advice.Allowed::new)
                .orElseGet(() -> unfit("parameterOverrides is no object of at most " + MOST_OVERRIDES + " strings"));
    }

    private static Optional<Map<String, String>> overrides(JsonNode object) {
        Map<String, String> overrides = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!member.getValue().isTextual() || member.getValue().textValue().length() > LONGEST_OVERRIDE) {
                return Optional.empty();
            }
            overrides.put(member.getKey(), member.getValue().textValue());
        }
        return object.isObject() && overrides.size() <= MOST_OVERRIDES ? Optional.of(overrides) : Optional.empty();
    }

    private Optional<JsonNode> object(byte[] answer, Set<String> known) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer))
                    .toString();
            return Optional.ofNullable(json.readTree(text))
                    .filter(JsonNode::isObject)
                    .filter(it -> known.containsAll(names(it)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.properties().forEach(it -> names.add(it.getKey()));
        return names;
    }

    private static Advice unfit(String what) {
        return new Advice.Failed(NOT_UNDERSTOOD + what);
    }
}
