package io.muster.outlets.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.muster.core.device.Device;
import io.muster.core.device.Thing;
import io.muster.core.ledger.Event.Portrait;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// The device as it is after an event.
final class PortraitJson {

    void write(Portrait device, JsonGenerator json) throws IOException {
        json.writeStringField("registrationId", device.registrationId().display());
        json.writeStringField("deviceId", device.deviceId());
        json.writeStringField("state", EventJson.word(device.state()));
        enrollment(device.origin(), json);
        if (device.type().isPresent()) {
            json.writeStringField("type", device.type().get());
        }
        json.writeStringField("region", device.assignment().region().value());
        json.writeStringField("hub", device.assignment().hub().value());
        json.writeStringField("endpoint", device.assignment().endpoint());
        if (device.facts().isPresent()) {
            json.writeFieldName("facts");
            json.writeRawValue(device.facts().get().text());
        }
        if (device.thing().isPresent()) {
            thing(device.thing().get(), json);
        }
    }

    static void enrollment(Device.Origin origin, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("enrollment");
        json.writeStringField("name", origin.enrollment().value());
        json.writeNumberField("version", origin.version());
        json.writeEndObject();
    }

    private static void thing(Thing thing, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("thing");
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, String> attribute : new TreeMap<>(thing.attributes()).entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("groups");
        for (String group : thing.groups()) {
            json.writeString(group);
        }
        json.writeEndArray();
        if (thing.billingGroup().isPresent()) {
            json.writeStringField("billingGroup", thing.billingGroup().get());
        }
        json.writeEndObject();
    }
}
