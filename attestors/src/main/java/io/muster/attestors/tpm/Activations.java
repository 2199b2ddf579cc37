package io.muster.attestors.tpm;

import io.muster.attestors.tpm.credential.Credential;
import io.muster.attestors.tpm.credential.CredentialMaker;
import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.AttestationKey;
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
import io.muster.core.door.Evidence.TpmActivation;
import io.muster.core.door.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    Finding examine(Examination it, AttestationKey attestation) {
        Bytes context = context(it);
        return Shown.first(it.request(), TpmActivation.class)
                .map(answer -> answered(it, attestation, context, answer))
                .orElseGet(() -> challenge(it, context));
    }

    private Finding challenge(Examination it, Bytes context) {
        ChallengeState state = new ChallengeState(
                it.now().plus(TIME_TO_ANSWER).truncatedTo(ChronoUnit.MILLIS),
                Secret.of(primitives.random(ChallengeState.SECRET_BYTES)),
                Bytes.of(primitives.random(ChallengeState.NONCE_BYTES)));
        Credential credential = credentials.make(
                it.keys().endorsement(), it.keys().name(), state.secret().reveal());
        it.trail()
                .note(
                        "challenged",
                        "until " + state.expires(),
                        "The TPM must decrypt a secret that was encrypted for its two keys.");
        return new Finding.Challenged(
                new Challenge.Activate(credential.idObject(), credential.encryptedSecret(), state.nonce()),
                continuations.seal(it.tenant(), context, state.octets()),
                state.expires(),
                it.trail().checks());
    }

    /// What is not ours is told from what is late, and both from a wrong secret.
    private Finding answered(Examination it, AttestationKey attestation, Bytes context, TpmActivation answer) {
        Trail trail = it.trail();
        String keys = it.keys().words();
        Optional<ChallengeState> opened = opened(it, context, answer);
        if (opened.isEmpty()) {
            return trail.disproved(new Refusal.ContinuationInvalid(), Progress.ANSWER_UNREADABLE, keys);
        }
        ChallengeState state = opened.get();
        if (!it.now().isBefore(state.expires())) {
            return trail.disproved(new Refusal.ContinuationExpired(state.expires()), Progress.ANSWER_LATE, keys);
        }
        if (!state.secret().equals(Secret.of(answer.secret().toArray()))) {
            return trail.disproved(new Refusal.ActivationWrong(), Progress.ANSWER_WRONG, keys);
        }
        trail.pass(
                "credential_activated",
                keys,
                "The TPM decrypted the secret: it has the endorsement key, and holds the attestation key.");
        return activated(it, attestation, state.nonce());
    }

    private Optional<ChallengeState> opened(Examination it, Bytes context, TpmActivation answer) {
        return answer.continuation().size() > LONGEST_CONTINUATION
                ? Optional.empty()
                : continuations
                        .open(it.tenant(), context, answer.continuation())
                        .flatMap(ChallengeState::read);
    }

    private Finding activated(Examination it, AttestationKey attestation, Bytes nonce) {
        return switch (certifiedKeys.examine(it.request(), attestation, nonce)) {
            case CertifiedKeys.Outcome.None() -> proved(it, Optional.empty());
            case CertifiedKeys.Outcome.Certified certified -> {
                it.trail()
                        .pass(
                                "key_certified",
                                "SHA-256 " + certified.key().fingerprint(),
                                "The attestation key certified that the key of the request lives in the same TPM.");
                yield proved(it, Optional.of(certified.key()));
            }
            case CertifiedKeys.Outcome.Wrong wrong ->
                it.trail()
                        .disproved(
                                new Refusal.CertifiedKeyWrong(wrong.why()),
                                Progress.KEY_NOT_CERTIFIED,
                                "the certified key");
        };
    }

    private static Finding proved(Examination it, Optional<IdentityKey> resident) {
        return new Finding.Proved(
                it.keys().identity(),
                new Standing.ByIdentity(),
                it.trail().basis(),
                new Hardware(resident, Optional.empty()),
                it.trail().checks());
    }

    /// Every fact on which the challenge stands: an answer counts for the same name, keys and enrollment alone.
    private static Bytes context(Examination it) {
        byte[] facts = new Marshal()
                .sized(PURPOSE)
                .sized(it.request().registrationId().canonical().getBytes(StandardCharsets.UTF_8))
                .sized(it.keys().endorsement().area().name())
                .sized(it.keys().name())
                .sized(it.candidate().name().value().getBytes(StandardCharsets.UTF_8))
                .octets();
        return Bytes.of(HashAlgorithm.SHA256.digest(facts));
    }
}
