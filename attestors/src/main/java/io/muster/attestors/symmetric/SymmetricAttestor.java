package io.muster.attestors.symmetric;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Basis;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Believes tokens. The identity key is the registration id itself: any currently valid key proves it.
public final class SymmetricAttestor implements Attestor {

    /// A token that lives longer than this is a password in disguise.
    public static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private static final int UNREADABLE = 5;
    private static final int OTHER_RESOURCE = 10;
    private static final int WRONG_SIGNATURE = 20;
    private static final int WRONG_TIME = 70;

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        Optional<Evidence.SharedAccessSignature> shown = request.evidence().stream()
                .filter(Evidence.SharedAccessSignature.class::isInstance)
                .map(Evidence.SharedAccessSignature.class::cast)
                .findFirst();
        if (shown.isEmpty()) {
            return new Finding.NotMine();
        }
        return switch (candidate.proof()) {
            case Proof.Authorities _,
                    Proof.Pinned _,
                    Proof.OneTimeTokens _,
                    Proof.Claims _,
                    Proof.TpmManufacturers _,
                    Proof.TpmPinned _ -> new Finding.NotMine();
            case Proof.SymmetricKeys wanted -> byKeys(keys(candidate, wanted, request), shown.get(), request, now);
        };
    }

    private static List<TokenKey> keys(Enrollment candidate, Proof.SymmetricKeys wanted, EnrollmentRequest request) {
        return candidate.individual().isPresent()
                ? TokenKey.ofIndividual(wanted)
                : TokenKey.ofGroup(wanted, request.registrationId());
    }

    /// The signature comes before the time: only of a device that holds the key is it worth saying that its clock is
    /// wrong.
    private static Finding byKeys(
            List<TokenKey> keys, Evidence.SharedAccessSignature shown, EnrollmentRequest request, Instant now) {
        Token token;
        switch (Token.read(shown.token())) {
            case Token.Reading.Malformed malformed -> {
                return disproved(new Refusal.TokenMalformed(malformed.what()), UNREADABLE, "the token", List.of());
            }
            case Token.Reading.Read read -> token = read.token();
        }
        if (!names(token.resource(), shown.resource())) {
            Refusal refusal = new Refusal.TokenForOther(printable(token.resource()));
            return disproved(refusal, OTHER_RESOURCE, shown.resource(), List.of());
        }
        Optional<TokenKey> signer =
                keys.stream().filter(key -> key.signed(token)).findFirst();
        if (signer.isEmpty()) {
            return disproved(new Refusal.TokenSignatureWrong(), WRONG_SIGNATURE, shown.resource(), List.of());
        }
        Check signed = Check.pass(
                "token_signed", signer.get().words(), "the token's signature is made with a key of the enrollment");
        return inTime(token, new Believed(signed, signer.get().place()), request, now);
    }

    /// A signature that is right, and which key of the enrollment made it.
    private record Believed(Check check, Basis.SharedKey.Place place) {}

    private static Finding inTime(Token token, Believed signed, EnrollmentRequest request, Instant now) {
        String input = "expires at " + token.expires() + ", here it is " + now;
        if (!now.isBefore(token.expires())) {
            return disproved(
                    new Refusal.TokenExpired(token.expires(), now), WRONG_TIME, input, List.of(signed.check()));
        }
        Duration life = Duration.between(now, token.expires());
        if (life.compareTo(LONGEST_LIFE) > 0) {
            return disproved(
                    new Refusal.TokenLifeTooLong(life, LONGEST_LIFE), WRONG_TIME, input, List.of(signed.check()));
        }
        Check inTime = Check.pass("token_in_time", input, "the token has not expired and does not live too long");
        return new Finding.Proved(
                IdentityKey.ofSymmetric(request.registrationId()),
                new Basis.SharedKey(signed.place()),
                List.of(signed.check(), inTime));
    }

    /// Letter case aside, of ASCII only: no other letter is ever the same as an ASCII letter.
    private static boolean names(String resource, String wanted) {
        return resource.chars().allMatch(c -> c < 0x80) && resource.equalsIgnoreCase(wanted);
    }

    private static String printable(String resource) {
        String shown = resource.length() <= 200 ? resource : resource.substring(0, 200) + "…";
        return shown.replaceAll("[^\\x20-\\x7e…]", "?");
    }

    private static Finding disproved(Refusal refusal, int progress, String input, List<Check> before) {
        List<Check> checks = new ArrayList<>(before);
        checks.add(Check.fail(input, refusal));
        return new Finding.Disproved(refusal, progress, checks);
    }
}
