package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Check;
import io.muster.core.ledger.Insight;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.TokenId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// That a device proved what its enrollment asks for.
///
/// @param newKey whether with another identity key than the one that is known
record Assumption(Enrollment enrollment, Recognized recognized, boolean newKey) {

    /// Empty where the proof is made with a certificate request, and there is none.
    Optional<Attested> attested(Insight ledger, Instant now) {
        Check check = Check.note(
                "proof_assumed",
                enrollment.origin().toString(),
                "It is taken for granted that the device proves itself by "
                        + enrollment.proof().words() + ".");
        return key(ledger, now).map(key -> new Attested(recognized, enrollment, key, shown(), List.of(check)));
    }

    private Standing shown() {
        return enrollment.proof() instanceof Proof.OneTimeTokens
                ? new Standing.ByToken(new TokenId(new UUID(0, 0)))
                : new Standing.ByIdentity();
    }

    private Optional<IdentityKey> key(Insight ledger, Instant now) {
        RegistrationId name = recognized.request().registrationId();
        return switch (enrollment.proof()) {
            case Proof.Authorities ignored -> Optional.of(ownOr(stranger(IdentityKey.Kind.X509, name), ledger, now));
            case Proof.Pinned ignored -> Optional.of(ownOr(stranger(IdentityKey.Kind.X509, name), ledger, now));
            case Proof.TpmManufacturers ignored ->
                Optional.of(ownOr(stranger(IdentityKey.Kind.TPM, name), ledger, now));
            case Proof.TpmPinned it ->
                Optional.of(IdentityKey.ofEndorsementKey(it.endorsementKey().toArray()));
            case Proof.SymmetricKeys ignored -> Optional.of(IdentityKey.ofSymmetric(name));
            case Proof.OneTimeTokens() -> recognized.request().certificate().map(CertificateRequest::key);
            case Proof.Claims() -> Optional.of(ownOr(stranger(IdentityKey.Kind.X509, name), ledger, now));
        };
    }

    /// The key of the device of that name, where there is one of that kind.
    private IdentityKey ownOr(IdentityKey stranger, Insight ledger, Instant now) {
        RegistrationId name = recognized.request().registrationId();
        return ledger.look(enrollment.tenant(), name, stranger, Optional.empty(), now).byName().stream()
                .map(Device::identityKeys)
                .flatMap(List::stream)
                .filter(key -> !newKey && key.kind() == stranger.kind())
                .findFirst()
                .orElse(stranger);
    }

    private static IdentityKey stranger(IdentityKey.Kind kind, RegistrationId name) {
        byte[] words = ("an identity key that nobody has: " + name.canonical()).getBytes(StandardCharsets.UTF_8);
        return new IdentityKey(kind, IdentityKey.ofPublicKey(words).fingerprint());
    }
}
