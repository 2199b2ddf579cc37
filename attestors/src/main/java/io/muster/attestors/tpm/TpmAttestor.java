package io.muster.attestors.tpm;

import io.muster.attestors.tpm.ShownKeys.Protected;
import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.Flaw;
import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Continuations;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.x509.path.ChainValidator;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/// Believes TPMs. The identity key is the endorsement key: the same board is the same device, whatever runs on it.
public final class TpmAttestor implements Attestor {

    private final EndorsementTrust trust;
    private final Activations activations;
    private final TokenKeys tokenKeys;

    /// @param primitives of the fastest provider that there is
    public TpmAttestor(Continuations continuations, ChainValidator validator, Primitives primitives) {
        this.trust = new EndorsementTrust(validator);
        this.activations = new Activations(continuations, primitives);
        this.tokenKeys = new TokenKeys(continuations, primitives);
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        Optional<TpmChip> shown = Shown.first(request, TpmChip.class);
        if (shown.isEmpty()) {
            return new Finding.NotMine();
        }
        TpmChip chip = shown.get();
        return switch (candidate.proof()) {
            case Proof.Authorities ignored -> new Finding.NotMine();
            case Proof.Pinned ignored -> new Finding.NotMine();
            case Proof.SymmetricKeys ignored -> new Finding.NotMine();
            case Proof.OneTimeTokens ignored -> new Finding.NotMine();
            case Proof.Claims ignored -> new Finding.NotMine();
            case Proof.TpmPinned wanted ->
                withKeys(candidate, request, chip, now, it -> trust.distrust(wanted, it.keys(), it.trail()));
            case Proof.TpmManufacturers wanted ->
                withKeys(candidate, request, chip, now, it -> trust.distrust(wanted, chip.certificate(), it));
        };
    }

    /// First what the keys are, then whether the endorsement key is trusted, then whether the device has them.
    ///
    /// @param distrust why the endorsement key is not trusted; empty where it is
    private Finding withKeys(
            Enrollment candidate,
            EnrollmentRequest request,
            TpmChip chip,
            Instant now,
            Function<Examination, Optional<Finding>> distrust) {
        Trail trail = new Trail();
        return switch (ShownKeys.read(chip)) {
            case ShownKeys.Outcome.Refused refused -> refused(refused, trail);
            case ShownKeys.Outcome.Understood understood -> {
                ShownKeys keys = understood.keys();
                trail.pass("tpm_keys_sound", keys.words(), "The keys have the attributes of their roles.");
                Examination it = new Examination(candidate, request, keys, now, trail);
                yield distrust.apply(it).orElseGet(() -> possession(it));
            }
        };
    }

    private Finding possession(Examination it) {
        return switch (it.keys().key()) {
            case Protected.Attestation key -> activations.examine(it, key.value());
            case Protected.StorageRoot key -> tokenKeys.examine(it, key.value());
        };
    }

    private static Finding refused(ShownKeys.Outcome.Refused refused, Trail trail) {
        Flaw flaw = refused.flaw();
        String what = "The " + refused.which() + ": " + flaw.says();
        return switch (flaw) {
            case Flaw.TooLarge ignored -> malformed(what, refused, trail);
            case Flaw.Truncated ignored -> malformed(what, refused, trail);
            case Flaw.Trailing ignored -> malformed(what, refused, trail);
            case Flaw.WrongSize ignored -> malformed(what, refused, trail);
            case Flaw.Malformed ignored -> malformed(what, refused, trail);
            case Flaw.NotFromTpm ignored -> malformed(what, refused, trail);
            case Flaw.NotACertification ignored -> malformed(what, refused, trail);
            case Flaw.Unsupported ignored -> unacceptable(what, refused, trail);
            case Flaw.WeakKey ignored -> unacceptable(what, refused, trail);
            case Flaw.AttributeMissing ignored -> unacceptable(what, refused, trail);
            case Flaw.AttributeForbidden ignored -> unacceptable(what, refused, trail);
            case Flaw.UnknownPolicy ignored -> unacceptable(what, refused, trail);
        };
    }

    private static Finding malformed(String what, ShownKeys.Outcome.Refused refused, Trail trail) {
        return trail.disproved(new Refusal.TpmStructureMalformed(what), Progress.UNREADABLE, "the " + refused.which());
    }

    private static Finding unacceptable(String what, ShownKeys.Outcome.Refused refused, Trail trail) {
        return trail.disproved(
                new Refusal.TpmKeyUnacceptable(what), Progress.KEY_UNACCEPTABLE, "the " + refused.which());
    }
}
