package io.muster.desk.testkit;

import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.device.Thing;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Check;
import io.muster.core.door.OperationId;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Operation;
import io.muster.desk.wire.ServerIdentity;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Devices and attempts as a ledger holds them.
public final class Samples {

    public static final AttemptId ACCEPTED = new AttemptId(new UUID(1, 1));
    public static final AttemptId REFUSED = new AttemptId(new UUID(1, 2));

    /// The moment that it is at the desk.
    public static final Instant NOW = Instant.parse("2026-11-23T19:00:00Z");

    /// Some certificate, DER.
    public static final Bytes CERTIFICATE = der(TestIdentity.make("sample"));

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

    /// The same device in another state.
    public static Device in(Device device, DeviceState state) {
        return new Device(
                device.id(),
                device.tenant(),
                device.registrationId(),
                device.deviceId(),
                device.version() + 1,
                state,
                device.origin(),
                device.type(),
                device.identityKeys(),
                device.credentials(),
                device.assignment(),
                device.payload(),
                device.createdAt(),
                device.updatedAt());
    }

    /// The same device with a certificate of that number.
    public static Device certified(Device device, int number) {
        return new Device(
                device.id(),
                device.tenant(),
                device.registrationId(),
                device.deviceId(),
                device.version(),
                device.state(),
                device.origin(),
                device.type(),
                device.identityKeys(),
                List.of(credential(number)),
                device.assignment(),
                device.payload(),
                device.createdAt(),
                device.updatedAt());
    }

    /// The same device as a template made it.
    public static Device made(Device device, Thing thing) {
        return new Device(
                device.id(),
                device.tenant(),
                device.registrationId(),
                device.deviceId(),
                device.version(),
                device.state(),
                device.origin(),
                device.type(),
                device.identityKeys(),
                device.credentials(),
                device.assignment(),
                device.payload(),
                Optional.of(thing),
                device.createdAt(),
                device.updatedAt());
    }

    /// The certificate of that number, of a device that came by the enrollment pumps.
    public static Certificates.Kept certificate(String id, int number) {
        return new Certificates.Kept(
                new Name("acme"),
                id(id),
                new Name("pumps"),
                "device@1",
                credential(number),
                CERTIFICATE,
                Optional.empty());
    }

    public static Serial serial(int number) {
        byte[] octets = new byte[Serial.SIZE];
        octets[0] = Serial.MARK;
        octets[Serial.SIZE - 1] = (byte) number;
        return new Serial(Bytes.of(octets));
    }

    public static Bytes der(ServerIdentity identity) {
        try {
            return Bytes.of(identity.chain().getFirst().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Credential credential(int number) {
        IdentityKey key = IdentityKey.ofPublicKey(new byte[] {4, 5, (byte) number});
        return new Credential(
                serial(number),
                key,
                IdentityKey.ofPublicKey(new byte[] {1, 2, 3}),
                "cn=sample",
                AT,
                AT.plus(Duration.ofDays(365)),
                "00112233445566778899aabbccddeeff00112233",
                3,
                Credential.State.CURRENT);
    }

    /// A deferred request of `pump-1` of tenant acme.
    public static Operation operation(OperationId id, Operation.State state) {
        return new Operation(
                id,
                new Name("acme"),
                id("pump-1"),
                IdentityKey.ofPublicKey(new byte[] {1, 2, 3}),
                new Name("pumps"),
                new Standing.ByIdentity(),
                Operation.Chip.NONE,
                Optional.empty(),
                Optional.empty(),
                "dps-https",
                "192.0.2.7",
                AT,
                state);
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
