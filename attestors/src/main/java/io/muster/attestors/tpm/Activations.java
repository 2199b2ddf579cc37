package io.muster.attestors.tpm;

import io.muster.attestors.tpm.ShownKeys.Protected;
import io.muster.attestors.tpm.credential.Credential;
import io.muster.attestors.tpm.credential.CredentialMaker;
import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Continuations;
import io.muster.core.attestation.Hardware;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Secret;
import io.muster.core.door.Challenge;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence.TpmActivation;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Challenges a device to activate a credential, and judges its answer: who gives out the secret has the endorsement
/// key, and the attestation key in the same chip.
final class Activations {

    static final Duration TIME_TO_ANSWER = Duration.ofMinutes(5);

    private static final byte[] PURPOSE = "muster tpm activation".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_CONTINUATION = 4_096;

    private final Continuations continuations;
    private final Primitives primitives;
    private final CredentialMaker credentials;
    private final CertifiedKeys certifiedKeys;

    Activations(Continuations continuations, Primitives primitives) {
        this.continuations = continuations;
        this.primitives = primitives;
        this.credentials = new CredentialMaker(primitives);
        this.certifiedKeys = new CertifiedKeys(primitives);
    }

    Finding examine(
            Enrollment candidate,
            EnrollmentRequest request,
            ShownKeys keys,
            Protected.Attestation attestation,
            Instant now,
            Trail trail) {
        Bytes context = context(candidate, request, keys);
        return Shown.first(request, TpmActivation.class)
                .map(answer -> answered(candidate, request, keys, attestation, context, answer, now, trail))
                .orElseGet(() -> challenge(candidate, keys, context, now, trail));
    }

    private Finding challenge(Enrollment candidate, ShownKeys keys, Bytes context, Instant now, Trail trail) {
        ChallengeState state = new ChallengeState(
                now.plus(TIME_TO_ANSWER).truncatedTo(ChronoUnit.MILLIS),
                Secret.of(primitives.random(ChallengeState.SECRET_BYTES)),
                Bytes.of(primitives.random(ChallengeState.NONCE_BYTES)));
        Credential credential =
                credentials.make(keys.endorsement(), keys.name(), state.secret().reveal());
        trail.note(
                "challenged",
                "until " + state.expires(),
                "The TPM must decrypt a secret that was encrypted for its two keys.");
        return new Finding.Challenged(
                new Challenge.Activate(credential.idObject(), credential.encryptedSecret(), state.nonce()),
                continuations.seal(candidate.tenant(), context, state.octets()),
                state.expires(),
                trail.checks());
    }

    private Finding answered(
            Enrollment candidate,
            EnrollmentRequest request,
            ShownKeys keys,
            Protected.Attestation attestation,
            Bytes context,
            TpmActivation answer,
            Instant now,
            Trail trail) {
        Optional<ChallengeState> opened = answer.continuation().size() > LONGEST_CONTINUATION
                ? Optional.empty()
                : continuations
                        .open(candidate.tenant(), context, answer.continuation())
                        .flatMap(ChallengeState::read);
        if (opened.isEmpty()) {
            return trail.disproved(new Refusal.ContinuationInvalid(), Progress.ANSWER_UNREADABLE, keys.words());
        }
        ChallengeState state = opened.get();
        if (!now.isBefore(state.expires())) {
            return trail.disproved(
                    new Refusal.ContinuationExpired(state.expires()), Progress.ANSWER_LATE, keys.words());
        }
        if (!state.secret().equals(Secret.of(answer.secret().toArray()))) {
            return trail.disproved(new Refusal.ActivationWrong(), Progress.ANSWER_WRONG, keys.words());
        }
        trail.pass(
                "credential_activated",
                keys.words(),
                "The TPM decrypted the secret: it has the endorsement key, and holds the attestation key.");
        return proved(request, keys, attestation, state.nonce(), trail);
    }

    private Finding proved(
            EnrollmentRequest request, ShownKeys keys, Protected.Attestation attestation, Bytes nonce, Trail trail) {
        return switch (certifiedKeys.examine(request, attestation.value(), nonce)) {
            case CertifiedKeys.Outcome.None() -> proved(keys, Optional.empty(), trail);
            case CertifiedKeys.Outcome.Certified it -> {
                trail.pass(
                        "key_certified",
                        "SHA-256 " + it.key().fingerprint(),
                        "The attestation key certified that the key of the request lives in the same TPM.");
                yield proved(keys, Optional.of(it.key()), trail);
            }
            case CertifiedKeys.Outcome.Wrong it ->
                trail.disproved(
                        new Refusal.CertifiedKeyWrong(it.why()), Progress.KEY_NOT_CERTIFIED, "the certified key");
        };
    }

    private static Finding proved(ShownKeys keys, Optional<IdentityKey> resident, Trail trail) {
        return new Finding.Proved(
                keys.identity(), new Standing.ByIdentity(), new Hardware(resident, Optional.empty()), trail.checks());
    }

    /// Every fact on which the challenge stands: an answer counts for the same name, keys and enrollment alone.
    private static Bytes context(Enrollment candidate, EnrollmentRequest request, ShownKeys keys) {
        byte[] facts = new Marshal()
                .sized(PURPOSE)
                .sized(request.registrationId().canonical().getBytes(StandardCharsets.UTF_8))
                .sized(keys.endorsement().area().name())
                .sized(keys.name())
                .sized(candidate.name().value().getBytes(StandardCharsets.UTF_8))
                .octets();
        return Bytes.of(HashAlgorithm.SHA256.digest(facts));
    }
}
