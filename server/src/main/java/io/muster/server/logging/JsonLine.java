package io.muster.server.logging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A record as programs read it: one object a line, in ASCII.
final class JsonLine {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /// DEL is the one control in ASCII that JSON lets pass as it is (RFC 8259, section 7).
    private static final String DEL = "\u007f";

    private JsonLine() {}

    static String of(LogRecord record) {
        ObjectNode json = JSON.createObjectNode();
        json.put("time", record.time().toString());
        json.put("level", record.level());
        json.put("logger", record.logger());
        json.put("message", record.message());
        record.numbers().forEach(json::put);
        record.failure().ifPresent(causes -> {
            ArrayNode list = json.putArray("failure");
            causes.forEach(list::add);
        });
        try {
            return JSON.writeValueAsString(json).replace(DEL, "\\u007f");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Text can always be written as JSON", e);
        }
    }
}
