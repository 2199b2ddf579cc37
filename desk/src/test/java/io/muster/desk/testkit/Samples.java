package io.muster.desk.testkit;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Devices and attempts as a ledger holds them.
public final class Samples {

    public static final AttemptId ACCEPTED = new AttemptId(new UUID(1, 1));
    public static final AttemptId REFUSED = new AttemptId(new UUID(1, 2));

    private static final Instant AT = Instant.parse("2026-11-23T18:30:00.123456Z");

    private Samples() {}

    public static RegistrationId id(String text) {
        return RegistrationId.parse(text).orElseThrow();
    }

    /// A device of tenant acme that came by the enrollment pumps.
    public static Device device(String id, String region) {
        return new Device(
                DeviceId.random(),
                new Name("acme"),
                id(id),
                "site-" + id,
                2,
                DeviceState.ENABLED,
                new Device.Origin(new Name("pumps"), 1),
                Optional.of("pump"),
                List.of(IdentityKey.ofPublicKey(new byte[] {1, 2, 3})),
                new Device.Assignment(
                        new Name(region + "-1"), new Name(region), "mqtts://" + region + "-1.example.com:8883"),
                Optional.of(new Json("{\"model\":\"P-1\"}")),
                AT,
                AT.plusSeconds(60));
    }

    public static Attempt accepted(String id) {
        return new Attempt(
                ACCEPTED,
                new Name("acme"),
                id(id),
                AT,
                Optional.of(new Device.Origin(new Name("pumps"), 1)),
                Attempt.Result.ACCEPTED,
                "initial",
                List.of(
                        Check.pass("chain_valid", "CN=" + id, "Every certificate up to an authority is valid."),
                        Check.note("clock", "database", "The clock is that of the database.")),
                "dps-https",
                "192.0.2.7");
    }

    public static Attempt refused(String id) {
        Refusal disabled = new Refusal.EnrollmentDisabled("pumps");
        return new Attempt(
                REFUSED,
                new Name("acme"),
                id(id),
                AT.plusSeconds(30),
                Optional.empty(),
                Attempt.Result.REFUSED,
                "enrollment_disabled",
                List.of(Check.fail(id, disabled)),
                "dps-https",
                "192.0.2.7");
    }
}
