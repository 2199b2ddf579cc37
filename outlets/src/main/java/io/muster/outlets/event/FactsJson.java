package io.muster.outlets.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.muster.core.device.Json;
import java.io.IOException;
import java.util.Set;

/// Of what a device said of itself, that which belongs to each of its messages.
final class FactsJson {

    private static final Set<String> TAKEN = Set.of("location", "capabilities");

    private final StrictJson strict = new StrictJson();

    /// Facts were checked when they came in.
    void write(Json facts, JsonGenerator json) throws IOException {
        if (!facts.isObject() || TAKEN.stream().noneMatch(facts.text()::contains)) {
            return;
        }
        try (JsonParser parser = strict.of(facts.text())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean taken = TAKEN.contains(parser.currentName());
                if (taken) {
                    json.writeFieldName(parser.currentName());
                }
                parser.nextToken();
                if (taken) {
                    json.copyCurrentStructureExact(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
    }
}
