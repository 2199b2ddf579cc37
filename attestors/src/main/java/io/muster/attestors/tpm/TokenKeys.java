package io.muster.attestors.tpm;

import io.muster.attestors.tpm.credential.ActivationBlob;
import io.muster.attestors.tpm.credential.ActivationBlob.Wrapping;
import io.muster.attestors.tpm.credential.CredentialMaker;
import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.attestors.tpm.structure.StorageKey;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Continuations;
import io.muster.core.attestation.Hardware;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import io.muster.core.door.Challenge;
import io.muster.core.door.Evidence.SharedAccessSignature;
import io.muster.core.door.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;

/// Gives a device a key that only its chip can import, and believes the tokens that are signed with it. Nothing is
/// sealed here: every node derives the same key again for as long as it counts.
final class TokenKeys {

    /// For so long the same key is given out; it counts for as long again.
    static final Duration WINDOW = Duration.ofMinutes(5);

    /// A token that lives longer than this is a password in disguise.
    static final Duration LONGEST_LIFE = Duration.ofDays(365);

    private static final Bytes NO_CONTINUATION = Bytes.of(new byte[0]);
    private static final int LONGEST_SHOWN = 200;

    /// What goes into a blob is bounded, and devices do nothing with it.
    private static final int LONGEST_SCOPE = 256;

    private final Continuations continuations;
    private final ActivationBlob blobs;

    TokenKeys(Continuations continuations, Primitives primitives) {
        this.continuations = continuations;
        this.blobs = new ActivationBlob(new CredentialMaker(primitives), primitives);
    }

    Finding examine(Examination it, StorageKey storage) {
        Owner owner = new Owner(it, storage);
        return Shown.first(it.request(), SharedAccessSignature.class)
                .map(token -> signed(owner, token))
                .orElseGet(() -> challenge(owner));
    }

    /// Whose key it is.
    private record Owner(Examination examination, StorageKey storage) {

        ShownKeys keys() {
            return examination.keys();
        }

        Trail trail() {
            return examination.trail();
        }

        Instant now() {
            return examination.now();
        }

        /// As the token will name it.
        String resource() {
            String scope = examination
                    .request()
                    .scope()
                    .filter(it -> it.length() <= LONGEST_SCOPE)
                    .orElse("");
            return scope + "/registrations/"
                    + examination.request().registrationId().display();
        }
    }

    private Finding challenge(Owner owner) {
        long window = window(owner.now());
        Instant expires = Instant.EPOCH.plus(WINDOW.multipliedBy(window + 2));
        owner.trail().note("challenged", "until " + expires, "The TPM must import a key and sign a token with it.");
        return new Finding.Challenged(
                new Challenge.ImportTokenKey(wrapped(owner, tokenKey(owner, window))),
                NO_CONTINUATION,
                expires,
                owner.trail().checks());
    }

    /// The signature comes before the time: only of a device that holds the key is it worth saying that its clock is
    /// wrong.
    private Finding signed(Owner owner, SharedAccessSignature shown) {
        SignedToken token;
        switch (SignedToken.read(shown.token())) {
            case SignedToken.Outcome.Refused refused -> {
                return owner.trail()
                        .disproved(new Refusal.TokenMalformed(refused.what()), Progress.ANSWER_UNREADABLE, "the token");
            }
            case SignedToken.Outcome.Understood understood -> token = understood.token();
        }
        if (!token.isFor(shown.resource())) {
            return owner.trail()
                    .disproved(
                            new Refusal.TokenForOther(printable(token.resource())),
                            Progress.ANSWER_UNREADABLE,
                            shown.resource());
        }
        boolean isSigned = LongStream.of(window(owner.now()), window(owner.now()) - 1)
                .anyMatch(window -> token.isSignedWith(tokenKey(owner, window)));
        if (!isSigned) {
            return owner.trail().disproved(new Refusal.TokenSignatureWrong(), Progress.ANSWER_WRONG, shown.resource());
        }
        owner.trail()
                .pass(
                        "token_signed",
                        owner.keys().words(),
                        "The TPM signed the token with the key that it was given: it has the endorsement key, and holds the"
                                + " storage root key.");
        return inTime(owner, token);
    }

    private Finding inTime(Owner owner, SignedToken token) {
        Instant now = owner.now();
        String input = "expires at " + token.expires() + ", here it is " + now;
        if (!now.isBefore(token.expires())) {
            return owner.trail().disproved(new Refusal.TokenExpired(token.expires(), now), Progress.ANSWER_LATE, input);
        }
        Duration life = Duration.between(now, token.expires());
        if (life.compareTo(LONGEST_LIFE) > 0) {
            return owner.trail()
                    .disproved(new Refusal.TokenLifeTooLong(life, LONGEST_LIFE), Progress.ANSWER_LATE, input);
        }
        owner.trail().pass("token_in_time", input, "The token has not expired and does not live too long.");
        Bytes hubKey = wrapped(owner, continuations.derive(owner.examination().tenant(), context(owner, "hub", 0)));
        return new Finding.Proved(
                owner.keys().identity(),
                new Standing.ByIdentity(),
                owner.trail().basis(),
                new Hardware(Optional.empty(), Optional.of(hubKey)),
                owner.trail().checks());
    }

    private Bytes wrapped(Owner owner, Secret key) {
        return blobs.wrap(
                owner.keys().endorsement(),
                owner.storage(),
                key.reveal(),
                owner.resource().getBytes(StandardCharsets.UTF_8),
                Wrapping.INNER_AND_OUTER);
    }

    private Secret tokenKey(Owner owner, long window) {
        return continuations.derive(owner.examination().tenant(), context(owner, "dps", window));
    }

    private static Bytes context(Owner owner, String purpose, long window) {
        byte[] facts = new Marshal()
                .sized(("muster tpm key " + purpose).getBytes(StandardCharsets.US_ASCII))
                .sized(owner.keys().spki())
                .sized(owner.keys().name())
                .sized(owner.examination()
                        .request()
                        .registrationId()
                        .canonical()
                        .getBytes(StandardCharsets.UTF_8))
                .u32(window)
                .octets();
        return Bytes.of(HashAlgorithm.SHA256.digest(facts));
    }

    private static long window(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), WINDOW.toSeconds());
    }

    private static String printable(String resource) {
        String shown = resource.length() <= LONGEST_SHOWN ? resource : resource.substring(0, LONGEST_SHOWN) + "…";
        return shown.replaceAll("[^\\x20-\\x7e…]", "?");
    }
}
