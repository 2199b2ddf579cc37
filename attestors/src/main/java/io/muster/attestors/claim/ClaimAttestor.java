package io.muster.attestors.claim;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Continuations;
import io.muster.core.attestation.OwnershipToken;
import io.muster.core.attestation.Standing;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Believes ownership tokens. The identity key is that of the certificate which the token came with.
public final class ClaimAttestor implements Attestor {

    private static final int NO_CLAIM = 10;
    private static final int UNKNOWN = 20;
    private static final int OTHER_ENROLLMENT = 50;
    private static final int OVER = 80;

    private final Continuations seals;
    private final Claims claims;
    private final Creations creations;

    public ClaimAttestor(Continuations seals, Claims claims, Creations creations) {
        this.seals = seals;
        this.claims = claims;
        this.creations = creations;
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        Optional<Evidence.Ownership> shown = request.first(Evidence.Ownership.class);
        if (shown.isEmpty()) {
            return new Finding.NotMine();
        }
        return switch (candidate.proof()) {
            case Proof.Claims() -> byClaim(candidate, shown.get(), request, now);
            case Proof.Authorities _,
                    Proof.Pinned _,
                    Proof.SymmetricKeys _,
                    Proof.OneTimeTokens _,
                    Proof.TpmManufacturers _,
                    Proof.TpmPinned _ -> new Finding.NotMine();
        };
    }

    /// The claim may have been revoked since its connection was let in.
    private Finding byClaim(Enrollment candidate, Evidence.Ownership shown, EnrollmentRequest request, Instant now) {
        Optional<Claim> claim = claims.holding(shown.claim()).stream()
                .filter(it -> it.tenant().equals(candidate.tenant()))
                .findFirst();
        if (claim.isEmpty() || claim.get().revoked()) {
            return disproved(new Refusal.ClaimRevoked(), NO_CLAIM, "the claim");
        }
        if (!claim.get().enrollment().equals(candidate.name())) {
            return disproved(
                    new Refusal.ClaimOfOtherEnrollment(claim.get().enrollment().value()),
                    NO_CLAIM,
                    "claim " + claim.get().name());
        }
        return OwnershipToken.open(seals, candidate.tenant(), shown.token())
                .map(token -> owned(candidate, token, request, now))
                .orElseGet(() -> disproved(new Refusal.OwnershipTokenInvalid(), UNKNOWN, "the ownership token"));
    }

    private Finding owned(Enrollment candidate, OwnershipToken token, EnrollmentRequest request, Instant now) {
        Optional<Creation> creation = creations.find(candidate.tenant(), token.serial());
        if (creation.isEmpty()) {
            return disproved(new Refusal.OwnershipTokenInvalid(), UNKNOWN, "the ownership token");
        }
        if (!creation.get().enrollment().equals(candidate.name())) {
            return disproved(
                    new Refusal.ClaimOfOtherEnrollment(
                            creation.get().enrollment().value()),
                    OTHER_ENROLLMENT,
                    "certificate " + token.serial());
        }
        return judge(creation.get(), request.registrationId(), now);
    }

    /// A lost answer is no crime: the device that has the certificate may ask again, after its hour, too.
    private static Finding judge(Creation creation, RegistrationId name, Instant now) {
        String input = "certificate " + creation.credential().serial();
        return switch (creation.state()) {
            case Creation.State.Revoked() -> disproved(new Refusal.CreationRevoked(), OVER, input);
            case Creation.State.Adopted it ->
                it.device().equals(name)
                        ? proved(creation, input + ", which is this device's already")
                        : disproved(new Refusal.CreationTaken(), OVER, input);
            case Creation.State.Waiting() ->
                now.isBefore(creation.expiresAt())
                        ? proved(creation, input)
                        : disproved(new Refusal.OwnershipTokenExpired(creation.expiresAt()), OVER, input);
        };
    }

    private static Finding proved(Creation creation, String input) {
        Check owned = Check.pass(
                "certificate_owned",
                input,
                "The ownership token came with this certificate, and the claim is one of this enrollment.");
        return new Finding.Proved(
                creation.credential().key(),
                new Standing.ByCreation(creation.credential().serial()),
                List.of(owned));
    }

    private static Finding disproved(Refusal refusal, int progress, String input) {
        return new Finding.Disproved(refusal, progress, List.of(Check.fail(input, refusal)));
    }
}
