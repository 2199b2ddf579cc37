package io.muster.core.testkit;

import io.muster.core.attestation.Attestor;
import io.muster.core.device.Secret;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/// Believes a token `WORD:KEY` when the word is the enrollment's; the key names the identity key.
public final class WordAttestor implements Attestor {

    private volatile Instant asked = Instant.EPOCH;

    /// The time by which it was last asked to judge.
    public Instant asked() {
        return asked;
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        asked = now;
        for (Evidence evidence : request.evidence()) {
            if (evidence instanceof Evidence.SharedAccessSignature token
                    && candidate.proof() instanceof Proof.SymmetricKeys keys) {
                return examine(keys, token.token());
            }
        }
        return new Finding.NotMine();
    }

    private static Finding examine(Proof.SymmetricKeys keys, String token) {
        int colon = token.indexOf(':');
        Secret shown = Secret.of(token.substring(0, colon).getBytes(StandardCharsets.UTF_8));
        if (!shown.equals(keys.primary())) {
            Refusal refusal = new Refusal.TokenSignatureWrong();
            return new Finding.Disproved(refusal, 50, List.of(Check.fail("a word", refusal)));
        }
        return new Finding.Proved(
                Sample.key(token.substring(colon + 1)),
                List.of(Check.pass("word_right", "a word", "The word is the enrollment's.")));
    }
}
