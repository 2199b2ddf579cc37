package io.muster.core.telemetry;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// Messages of devices.
final class Said {

    private Said() {}

    static Message by(String tenant, DeviceState state, String payload) {
        Sender sender = new Sender(
                DeviceId.random(),
                new Name(tenant),
                RegistrationId.parse("pump-1").orElseThrow(),
                "pump-1",
                state,
                new Device.Origin(new Name("pumps"), 1),
                Optional.empty(),
                new Device.Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1:8883"),
                Optional.empty(),
                Optional.empty());
        return new Message(
                sender,
                "t",
                Bytes.of(payload.getBytes(StandardCharsets.UTF_8)),
                1,
                Instant.parse("2026-11-23T10:00:00Z"));
    }

    static Message by(String tenant, String payload) {
        return by(tenant, DeviceState.ENABLED, payload);
    }

    static String text(Message message) {
        return StandardCharsets.UTF_8.decode(message.payload().view()).toString();
    }

    /// The event is the payload, and behind it why it was put aside.
    static Outgoing written(Message message, Optional<String> aside) {
        String event = text(message) + aside.map(why -> "!" + why).orElse("");
        return new Outgoing(message, Bytes.of(event.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(Outgoing outgoing) {
        return StandardCharsets.UTF_8.decode(outgoing.event().view()).toString();
    }
}
