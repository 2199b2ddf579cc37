package io.muster.attestors.tpm.structure;

import static io.muster.attestors.tpm.structure.KeyAttribute.ADMIN_WITH_POLICY;
import static io.muster.attestors.tpm.structure.KeyAttribute.DECRYPT;
import static io.muster.attestors.tpm.structure.KeyAttribute.FIXED_PARENT;
import static io.muster.attestors.tpm.structure.KeyAttribute.FIXED_TPM;
import static io.muster.attestors.tpm.structure.KeyAttribute.RESTRICTED;
import static io.muster.attestors.tpm.structure.KeyAttribute.SENSITIVE_DATA_ORIGIN;
import static io.muster.attestors.tpm.structure.KeyAttribute.SIGN;
import static io.muster.attestors.tpm.structure.KeyAttribute.ST_CLEAR;
import static io.muster.attestors.tpm.structure.KeyAttribute.USER_WITH_AUTH;

import io.muster.x509.codec.SubjectKey;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Which attributes make which key. They are what a TPM promises of it, and the key's name covers them.
public final class TpmKeyRules {

    private static final long ENDORSEMENT_EXPONENT = 65537;

    private static final Set<KeyAttribute> BORN_HERE_AND_STAYS = Set.of(FIXED_TPM, FIXED_PARENT, SENSITIVE_DATA_ORIGIN);

    private TpmKeyRules() {}

    /// TCG EK Credential Profile for TPM Family 2.0, Level 0, version 2.1, annexes B.3 (low range: the policy alone
    /// authorizes) and B.4 (high range: the empty password does, too).
    public static Reading<EndorsementKey> endorsement(PublicArea area) {
        String what = "the endorsement key";
        return judged(
                area,
                EndorsementKey::new,
                required(what, area, BORN_HERE_AND_STAYS)
                        .or(() -> required(what, area, Set.of(ADMIN_WITH_POLICY, RESTRICTED, DECRYPT)))
                        .or(() -> forbidden(what, area, Set.of(SIGN, ST_CLEAR)))
                        .or(() -> unknownPolicy(area))
                        .or(() -> oddExponent(area)));
    }

    /// TPM 2.0 Library, Part 1, section "Restricted signing keys": such a key signs nothing that looks like an
    /// attestation unless its TPM wrote it.
    public static Reading<AttestationKey> attestation(PublicArea area) {
        String what = "the attestation key";
        return judged(
                area,
                AttestationKey::new,
                required(what, area, BORN_HERE_AND_STAYS)
                        .or(() -> required(what, area, Set.of(RESTRICTED, SIGN)))
                        .or(() -> forbidden(what, area, Set.of(DECRYPT)))
                        .or(() -> openScheme(area)));
    }

    /// The device's own key: it signs what the device likes, and lives in the TPM for good.
    public static Reading<SigningKey> signing(PublicArea area) {
        String what = "the signing key";
        return judged(
                area,
                SigningKey::new,
                required(what, area, BORN_HERE_AND_STAYS)
                        .or(() -> required(what, area, Set.of(SIGN)))
                        .or(() -> forbidden(what, area, Set.of(RESTRICTED))));
    }

    /// TCG TPM v2.0 Provisioning Guidance, section 7.5.1: the storage root key.
    public static Reading<StorageKey> storage(PublicArea area) {
        String what = "the storage root key";
        return judged(
                area,
                StorageKey::new,
                required(what, area, BORN_HERE_AND_STAYS)
                        .or(() -> required(what, area, Set.of(USER_WITH_AUTH, RESTRICTED, DECRYPT)))
                        .or(() -> forbidden(what, area, Set.of(SIGN))));
    }

    private static <K> Reading<K> judged(PublicArea area, Function<PublicArea, K> key, Optional<Flaw> flaw) {
        return flaw.or(() -> weakKey(area))
                .<Reading<K>>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Read<>(key.apply(area)));
    }

    /// No key is taken here that would not be taken in a certificate: TPMs there were whose RSA keys had the ROCA
    /// flaw.
    private static Optional<Flaw> weakKey(PublicArea area) {
        return SubjectKey.read(area.subjectPublicKeyInfo()).isPresent()
                ? Optional.empty()
                : Optional.of(new Flaw.WeakKey("others can find out its private part, as with the ROCA flaw"
                        + " (CVE-2017-15361); update the TPM's firmware and make a new key"));
    }

    private static Optional<Flaw> required(String what, PublicArea area, Set<KeyAttribute> wanted) {
        return wanted.stream()
                .sorted()
                .filter(attribute -> !area.attributes().has(attribute))
                .<Flaw>map(attribute -> new Flaw.AttributeMissing(what, attribute))
                .findFirst();
    }

    private static Optional<Flaw> forbidden(String what, PublicArea area, Set<KeyAttribute> unwanted) {
        return unwanted.stream()
                .sorted()
                .filter(attribute -> area.attributes().has(attribute))
                .<Flaw>map(attribute -> new Flaw.AttributeForbidden(what, attribute))
                .findFirst();
    }

    private static Optional<Flaw> unknownPolicy(PublicArea area) {
        boolean known = area.attributes().has(USER_WITH_AUTH)
                ? EndorsementPolicies.isOfHighRange(area.nameAlgorithm(), area.authPolicy())
                : EndorsementPolicies.isOfLowRange(area.nameAlgorithm(), area.authPolicy());
        return known
                ? Optional.empty()
                : Optional.of(new Flaw.UnknownPolicy(area.authPolicy().hex()));
    }

    private static Optional<Flaw> oddExponent(PublicArea area) {
        return switch (area.key()) {
            case PublicKeyPart.Rsa rsa
            when rsa.exponent() != ENDORSEMENT_EXPONENT ->
                Optional.of(new Flaw.WeakKey("the RSA exponent of an endorsement key is 65537, not " + rsa.exponent()));
            case PublicKeyPart.Rsa ignored -> Optional.empty();
            case PublicKeyPart.Ecc ignored -> Optional.empty();
        };
    }

    private static Optional<Flaw> openScheme(PublicArea area) {
        return area.scheme().isPresent()
                ? Optional.empty()
                : Optional.of(new Flaw.Malformed("the attestation key leaves its signing scheme open"));
    }
}
