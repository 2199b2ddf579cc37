package io.muster.attestors.token;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Standing;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Believes one-time tokens. The identity key is that of the certificate request.
public final class TokenAttestor implements Attestor {

    /// No token is longer: what is, costs no look-up.
    private static final int LONGEST = 256;

    private static final int NO_REQUEST = 5;
    private static final int UNKNOWN = 10;
    private static final int OTHER_ENROLLMENT = 50;
    private static final int OTHER_NAME = 60;
    private static final int OVER = 80;

    private final Tokens tokens;

    public TokenAttestor(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        Optional<Evidence.OneTimeToken> shown = request.evidence().stream()
                .filter(Evidence.OneTimeToken.class::isInstance)
                .map(Evidence.OneTimeToken.class::cast)
                .findFirst();
        if (shown.isEmpty()) {
            return new Finding.NotMine();
        }
        return switch (candidate.proof()) {
            case Proof.OneTimeTokens() -> find(candidate, shown.get().text(), request, now);
            case Proof.Authorities _,
                    Proof.Pinned _,
                    Proof.SymmetricKeys _,
                    Proof.Claims _,
                    Proof.TpmManufacturers _,
                    Proof.TpmPinned _ -> new Finding.NotMine();
        };
    }

    private Finding find(Enrollment candidate, String text, EnrollmentRequest request, Instant now) {
        Optional<IdentityKey> key = request.certificate().map(CertificateRequest::key);
        if (key.isEmpty()) {
            return disproved(new Refusal.CertificateRequestMissing(), NO_REQUEST, "the request");
        }
        Optional<Tokens.Found> found = text.isEmpty() || text.length() > LONGEST
                ? Optional.empty()
                : tokens.find(candidate.tenant(), text, key.get());
        if (found.isEmpty()) {
            return disproved(new Refusal.TokenUnknown(), UNKNOWN, "the token");
        }
        return found.get().token().enrollment().equals(candidate.name())
                ? judge(found.get(), key.get(), request, now)
                : disproved(
                        new Refusal.TokenOfOtherName(request.registrationId().display()),
                        OTHER_ENROLLMENT,
                        "the token");
    }

    /// A lost answer is no crime: the key that used a token may use it again, even after its end.
    private static Finding judge(Tokens.Found found, IdentityKey key, EnrollmentRequest request, Instant now) {
        OneTimeToken token = found.token();
        String input = "token " + token.id();
        if (!token.registrationId().equals(request.registrationId())) {
            return disproved(
                    new Refusal.TokenOfOtherName(request.registrationId().display()), OTHER_NAME, input);
        }
        if (token.revoked()) {
            return disproved(new Refusal.TokenRevoked(), OVER, input);
        }
        if (found.used()) {
            return proved(token, key, input + ", used by this key before");
        }
        if (!now.isBefore(token.expiresAt())) {
            return disproved(new Refusal.OneTimeTokenExpired(token.expiresAt()), OVER, input);
        }
        if (token.spent() >= token.uses()) {
            return disproved(new Refusal.TokenSpent(), OVER, input);
        }
        return proved(token, key, input + ", use " + (token.spent() + 1) + " of " + token.uses());
    }

    private static Finding proved(OneTimeToken token, IdentityKey key, String input) {
        Check valid = Check.pass(
                "token_valid", input, "The token was made for this registration id, and the key may use it.");
        return new Finding.Proved(key, new Standing.ByToken(token.id()), List.of(valid));
    }

    private static Finding disproved(Refusal refusal, int progress, String input) {
        return new Finding.Disproved(refusal, progress, List.of(Check.fail(input, refusal)));
    }
}
