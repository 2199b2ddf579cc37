package io.muster.core.ledger;

import io.muster.core.attestation.Standing;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Change;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import java.time.Instant;
import java.util.Optional;

/// A try that was deferred: what was attested, never the proof itself (a token expires, a TLS proof cannot be
/// replayed).
///
/// @param enrollment the enrollment that was proved; its newest version decides
/// @param shown on what the proof stood
/// @param chip what is kept of the device's TPM
/// @param certificate the certificate that was asked for
/// @param door the protocol it came by
/// @param source the address it came from
public record Operation(
        OperationId id,
        Name tenant,
        RegistrationId registrationId,
        IdentityKey key,
        Name enrollment,
        Standing shown,
        Chip chip,
        Optional<CertificateRequest> certificate,
        Optional<Json> payload,
        String door,
        String source,
        Instant createdAt,
        State state) {

    /// What is kept of a TPM.
    ///
    /// @param residentKey the key of the certificate request, where it was proved to live in the chip
    /// @param keys        the public keys that the chip showed, where a device that asks after its operation does
    ///                    not show them again (DPS: it sends its token alone)
    public record Chip(Optional<IdentityKey> residentKey, Optional<TpmChip> keys) {

        public static final Chip NONE = new Chip(Optional.empty(), Optional.empty());
    }

    /// Where it stands.
    public sealed interface State {

        record Waiting() implements State {}

        record Done(Change change) implements State {}

        record Failed(Problem problem) implements State {}

        record Expired() implements State {}
    }
}
