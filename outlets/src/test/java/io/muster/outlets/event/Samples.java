package io.muster.outlets.event;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Event.Portrait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events of pumps.
public final class Samples {

    public static final Name ACME = new Name("acme");

    private Samples() {}

    public static Event.Changed changed(DeviceId device, long version, Event.Type type) {
        DeviceState state = type == Event.Type.QUARANTINED ? DeviceState.QUARANTINED : DeviceState.ENABLED;
        Portrait portrait = new Portrait(
                RegistrationId.parse("pump-" + device).orElseThrow(),
                "pump-" + device,
                type == Event.Type.DECOMMISSIONED ? DeviceState.DECOMMISSIONED : state,
                new Device.Origin(new Name("pumps"), 1),
                Optional.of("pump"),
                new Device.Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1.example.com"),
                Optional.of(new Json("{\"firmware\":\"1." + version + "\"}")),
                Optional.empty());
        return new Event.Changed(device, version, ACME, Instant.EPOCH, type, portrait, List.of(), List.of());
    }

    public static Event.Erased erased(DeviceId device, long version) {
        return new Event.Erased(device, version, ACME, Instant.EPOCH);
    }

    /// Of so many devices the first so many versions, mixed.
    public static List<Event> mixed(int devices, int versions) {
        List<DeviceId> ids = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            ids.add(DeviceId.random());
        }
        List<Event> events = new ArrayList<>();
        for (int version = 1; version <= versions; version++) {
            for (DeviceId id : ids) {
                events.add(changed(id, version, version == 1 ? Event.Type.ENROLLED : Event.Type.UPDATED));
            }
        }
        return events;
    }
}
