package io.muster.desk.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/// JSON read without mercy: no duplicate key, no trailing text, bounded depth. What two readers would understand
/// differently is refused.
public final class StrictJson {

    private static final int MAX_DEPTH = 32;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(64)
                            .maxNameLength(256)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// A document, or in words why the bytes are none. The words never repeat the input: it may hold a key.
    public sealed interface Reading {
        record Document(JsonNode json) implements Reading {}

        record Unreadable(String why) implements Reading {}
    }

    public Reading read(byte[] bytes) {
        try {
            return new Reading.Document(mapper.readTree(bytes));
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            return new Reading.Unreadable(
                    "The body is not JSON, repeats a key, or nests deeper than " + MAX_DEPTH + " levels" + where + ".");
        } catch (IOException e) {
            return new Reading.Unreadable("The body is not JSON in UTF-8.");
        }
    }

    public byte[] write(JsonNode json) {
        try {
            return mapper.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer of our own is not JSON", e);
        }
    }
}
