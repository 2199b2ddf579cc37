package io.muster.outlets.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Outgoing;
import io.muster.core.telemetry.Sender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Messages of one pump.
public final class Said {

    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00.500Z");
    public static final Instant MADE = Instant.parse("2026-11-23T09:59:58Z");
    public static final DeviceId PUMP = new DeviceId(new UUID(1, 2));

    private Said() {}

    public static Sender pump(String facts) {
        return pump(PUMP, facts);
    }

    public static Sender pump(DeviceId id, String facts) {
        return new Sender(
                id,
                new Name("acme"),
                RegistrationId.parse("Pump-1").orElseThrow(),
                "dev-1",
                DeviceState.ENABLED,
                new Device.Origin(new Name("pumps"), 2),
                Optional.of("pump"),
                new Device.Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1:8883"),
                facts.isEmpty() ? Optional.empty() : Optional.of(new Json(facts)),
                Optional.empty());
    }

    public static Message of(byte[] payload) {
        return new Message(pump(""), "t/dev-1", Bytes.of(payload), 1, NOW);
    }

    public static Message of(String payload) {
        return of(payload.getBytes(StandardCharsets.UTF_8));
    }

    public static Message of(String payload, String facts, Map<String, String> properties) {
        return new Message(
                pump(facts),
                "t/dev-1",
                Bytes.of(payload.getBytes(StandardCharsets.UTF_8)),
                1,
                properties,
                Optional.of(MADE),
                NOW);
    }

    /// One whose event is just this text.
    public static Outgoing event(String text) {
        return event(PUMP, text);
    }

    public static Outgoing event(DeviceId device, String text) {
        Message message = new Message(pump(device, ""), "t", Bytes.of(new byte[0]), 1, NOW);
        return new Outgoing(message, Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
