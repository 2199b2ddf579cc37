package io.muster.core.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.ClaimId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A certificate that a claim created before its device had a name. It proves nothing until a device is registered
/// with it; where none is within its hour, it is revoked.
///
/// @param enrollment  the enrollment of the claim
/// @param credential  as it will be the device's
/// @param certificate DER
/// @param profile     the profile version by which it was made, such as `device@1`
/// @param expiresAt   when it is revoked unless a device was registered with it
public record Creation(
        Name tenant,
        ClaimId claim,
        Name enrollment,
        Credential credential,
        Bytes certificate,
        String profile,
        Instant expiresAt,
        State state) {

    /// How long a created certificate waits for its device (AWS: life of the ownership token).
    public static final Duration LIFE = Duration.ofHours(1);

    /// Where it stands.
    public sealed interface State {

        record Waiting() implements State {}

        /// A device was registered with it.
        record Adopted(RegistrationId device) implements State {}

        /// Its hour is over.
        record Revoked() implements State {}
    }

    /// The name under which it is signed, in place of the device's.
    public static RegistrationId name(Serial serial) {
        return RegistrationId.parse(serial.toString()).orElseThrow();
    }

    /// The device that was registered with it.
    public Optional<RegistrationId> device() {
        return state instanceof State.Adopted adopted ? Optional.of(adopted.device()) : Optional.empty();
    }
}
