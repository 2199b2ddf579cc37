package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence.SharedAccessSignature;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.OperationId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operation.Chip;
import io.muster.core.ledger.Operations;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Recognition.Recognized;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is kept of a request that is decided later, so that its device can ask after it.
final class Deferrals {

    private final Operations operations;

    Deferrals(Operations operations) {
        this.operations = operations;
    }

    /// Stores what was attested. Returns the number to ask by: that of an earlier operation where one is open.
    OperationId keep(Attested attested, AttemptId id, List<Check> trace, Instant now) {
        EnrollmentRequest request = attested.request();
        Operation operation = new Operation(
                OperationId.random(),
                attested.enrollment().tenant(),
                request.registrationId(),
                attested.key(),
                attested.enrollment().name(),
                attested.shown(),
                chip(attested),
                request.certificate(),
                request.payload(),
                request.door(),
                request.source(),
                now,
                new Operation.State.Waiting());
        return operations.defer(
                operation,
                Settlement.attempt(attested, id, Attempt.Result.DEFERRED, "deferred", trace, now, Optional.empty()));
    }

    /// A device with a TPM asks after its operation with a token alone, and what it is to be checked with are the
    /// public keys that it showed when the operation began. They prove nothing by themselves.
    Recognized reminded(Recognized recognized, OperationId id) {
        EnrollmentRequest request = recognized.request();
        boolean reminds = request.first(SharedAccessSignature.class).isPresent()
                && request.first(TpmChip.class).isEmpty()
                && recognized.candidates().stream().anyMatch(Deferrals::wantsChip);
        return Optional.of(id)
                .filter(ignored -> reminds)
                .flatMap(it -> operations.find(recognized.tenant().name(), request.registrationId(), it))
                .flatMap(operation -> operation.chip().keys())
                .map(recognized::showing)
                .orElse(recognized);
    }

    private static boolean wantsChip(Enrollment candidate) {
        return candidate.proof() instanceof Proof.TpmPinned || candidate.proof() instanceof Proof.TpmManufacturers;
    }

    private static Chip chip(Attested attested) {
        Optional<TpmChip> keys =
                attested.request().first(TpmChip.class).filter(it -> it.role() == TpmChip.Role.STORAGE_ROOT);
        return new Chip(attested.hardware().residentKey(), keys);
    }
}
