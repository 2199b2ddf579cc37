package io.muster.outlets.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.device.Bytes;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Sender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A message as a line: one JSON object (RFC 8259), and a line feed.
final class MessageLine {

    private final JsonFactory factory = new JsonFactory();

    byte[] of(Message message) {
        ByteArrayOutputStream line =
                new ByteArrayOutputStream(256 + message.payload().size());
        try (JsonGenerator json = factory.createGenerator(line)) {
            json.writeStartObject();
            write(message, json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return line.toByteArray();
    }

    private static void write(Message message, JsonGenerator json) throws IOException {
        Sender from = message.from();
        json.writeStringField("receivedAt", message.receivedAt().toString());
        json.writeStringField("tenant", from.tenant().value());
        json.writeStringField("deviceId", from.deviceId());
        json.writeStringField("registrationId", from.registrationId().display());
        if (from.type().isPresent()) {
            json.writeStringField("type", from.type().get());
        }
        json.writeStringField("topic", message.topic());
        json.writeNumberField("qos", message.qos());
        Optional<String> text = text(message.payload());
        if (text.isPresent()) {
            json.writeStringField("payload", text.get());
        } else {
            json.writeBinaryField("payloadBase64", message.payload().toArray());
        }
    }

    /// What is no UTF-8 is kept as octets.
    private static Optional<String> text(Bytes payload) {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(payload.view()).toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
