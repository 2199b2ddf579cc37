package io.muster.examples.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// JSON values of records; null is a tombstone.
final class JsonSerde implements Serde<JsonNode> {

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Serializer<JsonNode> serializer() {
        return (topic, value) -> written(value);
    }

    @Override
    public Deserializer<JsonNode> deserializer() {
        return (topic, octets) -> read(octets);
    }

    private byte @Nullable [] written(@Nullable JsonNode value) {
        try {
            return value == null ? null : mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new SerializationException(e);
        }
    }

    private @Nullable JsonNode read(byte @Nullable [] octets) {
        try {
            return octets == null ? null : mapper.readTree(octets);
        } catch (IOException e) {
            throw new SerializationException(e);
        }
    }
}
