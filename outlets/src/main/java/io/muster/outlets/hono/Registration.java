package io.muster.outlets.hono;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.ledger.Event;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the registry shall hold of a device. Ours are `enabled` and the object `muster` among the extensions; whatever
/// else stands there is somebody else's, and stays.
record Registration(
        Name tenant, String deviceId, DeviceId subject, long version, Instant at, boolean enabled, ObjectNode muster) {

    /// Where the internal id stands (RFC 6901).
    static final String SUBJECT_POINTER = "/ext/muster/subject";

    private static final String ENABLED = "enabled";
    private static final String EXTENSIONS = "ext";
    private static final String MUSTER = "muster";

    /// Of an event it is the moment of its entry, of a device that of its last change: no difference.
    private static final String AT = "at";

    static Registration of(Event.Changed event) {
        Event.Portrait it = event.portrait();
        ObjectNode muster = muster(event.device(), event.version(), event.at(), it.origin(), it.assignment());
        muster.put("registrationId", it.registrationId().display());
        it.type().ifPresent(type -> muster.put("type", type));
        it.facts().ifPresent(facts -> muster.set("facts", read(facts)));
        return new Registration(
                event.tenant(),
                it.deviceId(),
                event.device(),
                event.version(),
                event.at(),
                it.state() == DeviceState.ENABLED,
                muster);
    }

    static Registration of(Device it) {
        ObjectNode muster = muster(it.id(), it.version(), it.updatedAt(), it.origin(), it.assignment());
        muster.put("registrationId", it.registrationId().display());
        it.type().ifPresent(type -> muster.put("type", type));
        it.payload().ifPresent(facts -> muster.set("facts", read(facts)));
        return new Registration(
                it.tenant(),
                it.deviceId(),
                it.id(),
                it.version(),
                it.updatedAt(),
                it.state() == DeviceState.ENABLED,
                muster);
    }

    private static ObjectNode muster(
            DeviceId subject, long version, Instant at, Device.Origin origin, Device.Assignment assignment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("subject", subject.toString())
                .put("version", version)
                .put(AT, at.toString())
                .put("enrollment", origin.enrollment().value())
                .put("region", assignment.region().value())
                .put("hub", assignment.hub().value())
                .put("endpoint", assignment.endpoint());
    }

    static JsonNode read(Json json) {
        try {
            return new ObjectMapper().readTree(json.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what comes here was read before", e);
        }
    }

    /// The device as it shall be written.
    ///
    /// @param held as it stands there; empty for a new one
    ObjectNode over(Optional<JsonNode> held) {
        ObjectNode device = held.map(it -> (ObjectNode) it.deepCopy()).orElseGet(JsonNodeFactory.instance::objectNode);
        device.remove(List.of("status", "id"));
        device.put(ENABLED, enabled);
        device.withObjectProperty(EXTENSIONS).set(MUSTER, muster);
        return device;
    }

    /// Whether what stands there was written for a later moment than this: of this device, or of another one that had
    /// the same name before or has it since.
    boolean isBefore(JsonNode held) {
        JsonNode there = held.path(EXTENSIONS).path(MUSTER);
        return there.path("subject").asText().equals(subject.toString())
                ? there.path("version").asLong() > version
                : moment(there).isAfter(at);
    }

    private static Instant moment(JsonNode muster) {
        try {
            return Instant.parse(muster.path(AT).asText());
        } catch (DateTimeParseException e) {
            return Instant.MIN;
        }
    }

    /// Whether the sink wrote it.
    static boolean isOurs(JsonNode held) {
        return held.path(EXTENSIONS).path(MUSTER).path("subject").isTextual();
    }

    /// The internal id of whom it is about.
    static String subject(JsonNode held) {
        return held.at(SUBJECT_POINTER).asText();
    }

    /// The names of what differs; empty where nothing does.
    List<String> differences(JsonNode held) {
        List<String> names = new ArrayList<>();
        if (held.path(ENABLED).asBoolean(true) != enabled) {
            names.add(ENABLED);
        }
        JsonNode there = held.path(EXTENSIONS).path(MUSTER);
        muster.fieldNames().forEachRemaining(name -> {
            if (!name.equals(AT) && !same(there.path(name), muster.path(name))) {
                names.add(name);
            }
        });
        return names;
    }

    /// A number may come back as another kind of number.
    private static boolean same(JsonNode there, JsonNode here) {
        return here.isIntegralNumber() ? there.asLong(-1) == here.asLong() : there.equals(here);
    }
}
