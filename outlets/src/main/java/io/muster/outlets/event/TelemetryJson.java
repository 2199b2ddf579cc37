package io.muster.outlets.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.muster.core.device.Bytes;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Outgoing;
import io.muster.core.telemetry.Sender;
import io.muster.core.telemetry.TelemetryForm;
import io.muster.outlets.event.PayloadReader.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// A message in the JSON form of CloudEvents 1.0, with the extension for partitioning.
public final class TelemetryJson implements TelemetryForm {

    /// The type of these events.
    public static final String TYPE = "io.muster.telemetry";

    private final JsonFactory factory = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();
    private final PayloadReader payloads = new PayloadReader();
    private final FactsJson facts = new FactsJson();

    /// Of this writer: with a number behind it, no id comes twice, and none costs a draw of random bits.
    private final String mine = UUID.randomUUID() + "/";

    private final AtomicLong written = new AtomicLong();

    @Override
    public Outgoing write(Message message, Optional<String> aside) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(1024 + 2 * message.payload().size());
        try (JsonGenerator json = factory.createGenerator(out)) {
            json.writeStartObject();
            attributes(message, json);
            json.writeObjectFieldStart("data");
            sender(message.from(), json);
            said(message, json);
            if (aside.isPresent()) {
                json.writeStringField("quarantine", aside.get());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Outgoing(message, Bytes.of(out.toByteArray()));
    }

    private void attributes(Message message, JsonGenerator json) throws IOException {
        String subject = message.from().id().toString();
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", mine + written.incrementAndGet());
        json.writeStringField("source", "urn:muster:tenant:" + message.from().tenant());
        json.writeStringField("type", TYPE);
        json.writeStringField("subject", subject);
        json.writeStringField("time", message.receivedAt().toString());
        json.writeStringField("partitionkey", subject);
        json.writeStringField("datacontenttype", "application/json");
    }

    private void sender(Sender from, JsonGenerator json) throws IOException {
        json.writeStringField("tenant", from.tenant().value());
        json.writeStringField("registrationId", from.registrationId().display());
        json.writeStringField("deviceId", from.deviceId());
        PortraitJson.enrollment(from.origin(), json);
        if (from.type().isPresent()) {
            json.writeStringField("type", from.type().get());
        }
        json.writeStringField("region", from.assignment().region().value());
        json.writeStringField("hub", from.assignment().hub().value());
        if (from.facts().isPresent()) {
            facts.write(from.facts().get(), json);
        }
    }

    private void said(Message message, JsonGenerator json) throws IOException {
        json.writeStringField("topic", message.topic());
        json.writeNumberField("qos", message.qos());
        if (!message.properties().isEmpty()) {
            json.writeObjectFieldStart("properties");
            for (Map.Entry<String, String> property : new TreeMap<>(message.properties()).entrySet()) {
                json.writeStringField(property.getKey(), property.getValue());
            }
            json.writeEndObject();
        }
        json.writeStringField("receivedAt", message.receivedAt().toString());
        if (message.deviceTime().isPresent()) {
            json.writeStringField("deviceTime", message.deviceTime().get().toString());
        }
        payload(message.payload(), json);
    }

    private void payload(Bytes octets, JsonGenerator json) throws IOException {
        switch (payloads.read(octets)) {
            case Payload.Json(String line) -> {
                json.writeStringField("payloadFormat", "json");
                json.writeFieldName("payload");
                json.writeRawValue(line);
            }
            case Payload.Text(String text) -> {
                json.writeStringField("payloadFormat", "text");
                json.writeStringField("payload", text);
            }
            case Payload.Octets(Bytes raw) -> {
                json.writeStringField("payloadFormat", "base64");
                json.writeBinaryField("payload_base64", raw.toArray());
            }
        }
    }
}
