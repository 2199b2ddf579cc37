package io.muster.desk.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.device.PolicyName;
import io.muster.core.device.Thing;
import io.muster.core.device.ThingPolicy;
import io.muster.core.ledger.Presence;
import io.muster.desk.exchange.Spelling;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// Shows a device, in a list or alone.
final class DeviceJson {

    private static final JsonMapper JSON = new JsonMapper();

    private DeviceJson() {}

    static ObjectNode summary(Device device) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("registrationId", device.registrationId().display());
        json.put("deviceId", device.deviceId());
        json.set("enrollment", origin(device.origin()));
        json.put("state", device.state().name().toLowerCase(Locale.ROOT));
        device.type().ifPresent(type -> json.put("type", type));
        json.put("region", device.assignment().region().value());
        json.put("hub", device.assignment().hub().value());
        json.put("assignedHub", host(device.assignment().endpoint()));
        json.put("endpoint", device.assignment().endpoint());
        json.put("createdAt", device.createdAt().toString());
        json.put("updatedAt", device.updatedAt().toString());
        json.put("version", device.version());
        return json;
    }

    static ObjectNode whole(Device device) {
        ObjectNode json = summary(device);
        var keys = json.putArray("identityKeys");
        device.identityKeys().forEach(key -> keys.addObject()
                .put("kind", key.kind().name().toLowerCase(Locale.ROOT))
                .put("fingerprint", key.fingerprint()));
        var certificates = json.putArray("certificates");
        device.credentials().forEach(credential -> certificates
                .addObject()
                .put("serial", credential.serial().toString())
                .put("state", Spelling.of(credential.state()))
                .put("issuedAt", credential.issuedAt().toString())
                .put("notAfter", credential.notAfter().toString()));
        device.payload().ifPresent(payload -> json.set("payload", tree(payload)));
        device.thing().ifPresent(thing -> json.set("thing", thing(thing)));
        return json;
    }

    /// The same with whether it is connected; nothing of that for a device that never was.
    static ObjectNode whole(Device device, Optional<Presence> presence) {
        ObjectNode json = whole(device);
        presence.ifPresent(it -> json.set("presence", presence(it)));
        return json;
    }

    private static ObjectNode presence(Presence presence) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("state", presence.connected() ? "connected" : "disconnected");
        json.put("since", presence.since().toString());
        json.put("lastSeen", presence.lastSeen().toString());
        json.put("door", presence.door());
        presence.network().ifPresent(network -> json.put("network", network));
        presence.parting().ifPresent(parting -> json.put("reason", Spelling.of(parting)));
        return json;
    }

    private static ObjectNode thing(Thing thing) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode attributes = json.putObject("attributes");
        new TreeMap<>(thing.attributes()).forEach(attributes::put);
        thing.groups().forEach(json.putArray("groups")::add);
        thing.billingGroup().ifPresent(group -> json.put("billingGroup", group));
        var policies = json.putArray("policies");
        thing.policies().forEach(policy -> policies.add(policy(policy)));
        return json;
    }

    /// One with a name is shown by it: what it says is the tenant's, not the device's.
    private static JsonNode policy(ThingPolicy policy) {
        return switch (policy) {
            case ThingPolicy.Written(Json document) -> tree(document);
            case ThingPolicy.Named(PolicyName name) ->
                JsonNodeFactory.instance.objectNode().put("PolicyName", name.value());
        };
    }

    static ObjectNode origin(Device.Origin origin) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", origin.enrollment().value())
                .put("version", origin.version());
    }

    private static String host(String endpoint) {
        return HubEndpoint.parse(endpoint).map(HubEndpoint::host).orElse(endpoint);
    }

    private static JsonNode tree(Json value) {
        try {
            return JSON.readTree(value.text());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was checked when it came is not JSON", e);
        }
    }
}
