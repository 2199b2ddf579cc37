package io.muster.outlets.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.ledger.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/// An event in the JSON form of CloudEvents 1.0, without a line feed: the same octets for the same event.
public final class EventJson {

    /// Its media type (CloudEvents JSON format, section 3).
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String TYPES = "io.muster.device.";

    private final JsonFactory factory = new JsonFactory();
    private final PortraitJson portraits = new PortraitJson();
    private final CertificatesJson certificates = new CertificatesJson();

    public byte[] of(Event event) {
        return written(json -> {
            json.writeStartObject();
            attributes(event, json);
            json.writeObjectFieldStart("data");
            json.writeNumberField("version", event.version());
            json.writeStringField("tenant", event.tenant().value());
            if (event instanceof Event.Changed changed) {
                portraits.write(changed.portrait(), json);
                certificates.write(changed, json);
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /// The device alone, as it is from then on.
    public byte[] device(Event.Changed event) {
        return written(json -> {
            json.writeStartObject();
            json.writeNumberField("version", event.version());
            json.writeStringField("tenant", event.tenant().value());
            portraits.write(event.portrait(), json);
            json.writeEndObject();
        });
    }

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private byte[] written(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = factory.createGenerator(out)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    private static void attributes(Event event, JsonGenerator json) throws IOException {
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", event.id());
        json.writeStringField("source", "urn:muster:tenant:" + event.tenant());
        json.writeStringField("type", TYPES + word(event.type()));
        json.writeStringField("subject", event.device().toString());
        json.writeStringField("time", event.at().toString());
        json.writeStringField("datacontenttype", "application/json");
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
