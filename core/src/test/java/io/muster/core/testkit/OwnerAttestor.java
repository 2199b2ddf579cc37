package io.muster.core.testkit;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Continuations;
import io.muster.core.attestation.OwnershipToken;
import io.muster.core.attestation.Standing;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import java.time.Instant;
import java.util.List;

/// Believes every ownership token that opens, whatever became of its certificate: the ledger has the last word.
public final class OwnerAttestor implements Attestor {

    private final Continuations seals;
    private final Creations creations;

    OwnerAttestor(Continuations seals, Creations creations) {
        this.seals = seals;
        this.creations = creations;
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        return request.first(Evidence.Ownership.class)
                .filter(ignored -> candidate.proof() instanceof Proof.Claims)
                .flatMap(shown -> OwnershipToken.open(seals, candidate.tenant(), shown.token()))
                .flatMap(token -> creations.find(candidate.tenant(), token.serial()))
                .<Finding>map(OwnerAttestor::proved)
                .orElseGet(Finding.NotMine::new);
    }

    private static Finding proved(Creation creation) {
        return new Finding.Proved(
                creation.credential().key(),
                new Standing.ByCreation(creation.credential().serial()),
                List.of(Check.pass("certificate_owned", "a token", "The token came with the certificate.")));
    }
}
