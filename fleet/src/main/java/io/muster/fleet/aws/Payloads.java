package io.muster.fleet.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.util.Map;

/// Writes and reads payloads in one format.
final class Payloads {

    private final ObjectMapper mapper;

    Payloads(Format format) {
        JsonFactory factory =
                switch (format) {
                    case JSON -> new JsonFactory();
                    case CBOR -> new CBORFactory();
                };
        this.mapper = new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    byte[] write(Map<String, ?> fields) {
        try {
            return mapper.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A request's fields are text and maps of text", e);
        }
    }

    JsonNode read(byte[] payload) throws IOException {
        return mapper.readTree(payload);
    }
}
