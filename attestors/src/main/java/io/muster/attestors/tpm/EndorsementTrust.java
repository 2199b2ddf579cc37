package io.muster.attestors.tpm;

import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Basis;
import io.muster.core.device.Bytes;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Proof;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.RevocationList;
import io.muster.x509.path.CertificateUse;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.path.PresentedChain;
import io.muster.x509.path.Validation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether an enrollment trusts an endorsement key. That the device has the key is not known yet: anybody may show
/// the public part and the certificate of somebody else's.
final class EndorsementTrust {

    private final ChainValidator validator;
    private final HeldManufacturers held;

    EndorsementTrust(ChainValidator validator) {
        this.validator = validator;
        this.held = new HeldManufacturers(validator);
    }

    /// Why the pinned key is not this one.
    Optional<Finding> distrust(Proof.TpmPinned proof, ShownKeys keys, Trail trail) {
        if (!proof.endorsementKey().equals(keys.spki())) {
            return notListed(keys, Progress.STRANGER, trail);
        }
        trail.pass(
                "endorsement_key_pinned",
                "SHA-256 " + keys.identity().fingerprint(),
                "The endorsement key is the one that is registered for the device.");
        return Optional.empty();
    }

    /// Why no manufacturer vouches for the key. The certificate is read and compared before any signature is checked.
    Optional<Finding> distrust(Proof.TpmManufacturers proof, Optional<Bytes> shown, Examination it) {
        ShownKeys keys = it.keys();
        Trail trail = it.trail();
        if (shown.isEmpty()) {
            return Optional.of(trail.disproved(
                    new Refusal.EndorsementCertificateMissing(), Progress.CERTIFICATE_UNACCEPTABLE, keys.words()));
        }
        return switch (EndorsementCertificate.read(shown.get())) {
            case EndorsementCertificate.Outcome.Refused refused -> unacceptable(refused.what(), keys, trail);
            case EndorsementCertificate.Outcome.Understood understood -> {
                EndorsementCertificate read = understood.certificate();
                yield read.certificate().key().spki().equals(keys.spki())
                        ? chain(read, held.of(it.candidate(), proof), it)
                        : unacceptable("It certifies another key than the one that is shown", keys, trail);
            }
        };
    }

    private Optional<Finding> chain(
            EndorsementCertificate shown, HeldManufacturers.Held manufacturers, Examination it) {
        Trail trail = it.trail();
        PresentedChain chain = new PresentedChain(shown.certificate(), List.of());
        return switch (validator.validate(chain, manufacturers.anchors(), CertificateUse.TPM_ENDORSEMENT, it.now())) {
            case Validation.Invalid invalid -> {
                trail.note("chain_finding", shown.chip(), invalid.finding().says());
                yield Optional.of(trail.disproved(
                        ChainRefusals.of(invalid.finding()), ChainRefusals.progress(invalid.finding()), shown.chip()));
            }
            case Validation.Valid valid -> {
                trail.pass(
                        "endorsement_chain_valid",
                        shown.chip() + "; " + path(valid),
                        "A manufacturer of the enrollment certified the endorsement key.");
                trail.restsOn(Basis.Chain.of(
                        valid.anchor().fingerprint().hex(),
                        List.of(shown.certificate().issuer().text())));
                yield revoked(valid, manufacturers, it).or(() -> unlisted(manufacturers.proof(), it.keys(), trail));
            }
        };
    }

    private static Optional<Finding> revoked(
            Validation.Valid valid, HeldManufacturers.Held manufacturers, Examination it) {
        Trail trail = it.trail();
        doubts(valid, manufacturers, it);
        Optional<Certificate> revoked = manufacturers.revocations().firstRevoked(valid.path());
        if (revoked.isPresent()) {
            String serial = revoked.get().serial().toString(16);
            return Optional.of(trail.disproved(
                    new Refusal.EndorsementCertificateUnacceptable(
                            "Its manufacturer revoked the certificate with the serial number " + serial),
                    Progress.RULE_BROKEN,
                    path(valid)));
        }
        return Optional.empty();
    }

    /// What could not be checked is not revoked: chips are let in, and the operator is told.
    private static void doubts(Validation.Valid valid, HeldManufacturers.Held manufacturers, Examination it) {
        if (manufacturers.ignored() > 0) {
            it.trail()
                    .note(
                            "revocation_lists_ignored",
                            manufacturers.ignored() + " of the enrollment's revocation lists",
                            "A list counts if it can be read and one of the enrollment's manufacturers signed it.");
        }
        List<RevocationList> outdated = manufacturers.revocations().outdated(valid.path(), it.now());
        if (!outdated.isEmpty()) {
            it.trail()
                    .note(
                            "revocation_lists_outdated",
                            outdated.stream().map(EndorsementTrust::due).collect(Collectors.joining("; ")),
                            "What an old list revokes stays revoked; what was revoked later is not known. Bring the newer"
                                    + " lists (--tpm-crl).");
        }
    }

    private static String due(RevocationList list) {
        return list.issuer().text() + ", a newer list was due "
                + list.nextUpdate().orElseThrow();
    }

    private static Optional<Finding> unlisted(Proof.TpmManufacturers proof, ShownKeys keys, Trail trail) {
        if (proof.allowed().isEmpty()) {
            return Optional.empty();
        }
        if (!proof.allowed().contains(keys.identity().fingerprint())) {
            return notListed(keys, Progress.NOT_LISTED, trail);
        }
        trail.pass(
                "endorsement_key_listed",
                "SHA-256 " + keys.identity().fingerprint(),
                "The endorsement key is on the enrollment's list.");
        return Optional.empty();
    }

    private static Optional<Finding> notListed(ShownKeys keys, int progress, Trail trail) {
        return Optional.of(trail.disproved(
                new Refusal.EndorsementKeyNotListed(keys.identity().fingerprint()), progress, keys.words()));
    }

    private static Optional<Finding> unacceptable(String what, ShownKeys keys, Trail trail) {
        return Optional.of(trail.disproved(
                new Refusal.EndorsementCertificateUnacceptable(what), Progress.CERTIFICATE_UNACCEPTABLE, keys.words()));
    }

    private static String path(Validation.Valid valid) {
        return valid.path().stream()
                .map(certificate -> certificate.subject().isEmpty()
                        ? "certificate " + certificate.serial().toString(16)
                        : certificate.subject().text())
                .collect(Collectors.joining(" → "));
    }
}
