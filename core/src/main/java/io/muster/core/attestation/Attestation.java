package io.muster.core.attestation;

import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition.Recognized;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Picks the enrollment that the evidence proves.
public final class Attestation {

    private final List<Attestor> attestors;

    public Attestation(List<Attestor> attestors) {
        this.attestors = List.copyOf(attestors);
    }

    /// What came of it.
    public sealed interface Result {

        record Proved(Attested attested) implements Result {}

        record Unproved(Refusal refusal, List<Check> checks) implements Result {}

        record Challenged(Finding.Challenged challenge) implements Result {}
    }

    /// Asks each attestor about each candidate. The first enabled enrollment that is proved is taken, a disabled one
    /// only where no enabled one is (policy refuses it then, by name). Where none is proved, the candidate that the
    /// evidence came furthest with explains the refusal.
    public Result attest(Recognized recognized, Instant now) {
        if (recognized.request().evidence().isEmpty()) {
            return unproved(new Refusal.EvidenceMissing(), "no certificate and no token");
        }
        List<Attested> proved = new ArrayList<>();
        List<Finding.Disproved> disproved = new ArrayList<>();
        List<Finding.Challenged> challenged = new ArrayList<>();
        for (Enrollment candidate : recognized.candidates()) {
            for (Attestor attestor : attestors) {
                switch (attestor.examine(candidate, recognized.request(), now)) {
                    case Finding.NotMine() -> {}
                    case Finding.Proved it ->
                        proved.add(new Attested(
                                recognized, candidate, it.key(), it.shown(), it.basis(), it.hardware(), it.checks()));
                    case Finding.Challenged it -> challenged.add(it);
                    case Finding.Disproved it -> disproved.add(it);
                }
            }
            if (!proved.isEmpty() && proved.getLast().enrollment().enabled()) {
                return new Result.Proved(proved.getLast());
            }
        }
        if (!proved.isEmpty()) {
            return new Result.Proved(proved.getFirst());
        }
        return challenged.isEmpty() ? explain(recognized, disproved) : new Result.Challenged(challenged.getFirst());
    }

    private static Result explain(Recognized recognized, List<Finding.Disproved> disproved) {
        return disproved.stream()
                .max((a, b) -> Integer.compare(a.progress(), b.progress()))
                .<Result>map(it -> new Result.Unproved(it.refusal(), it.checks()))
                .orElseGet(() -> nobodyTakes(recognized));
    }

    private static Result nobodyTakes(Recognized recognized) {
        EnrollmentRequest request = recognized.request();
        boolean individual = recognized.candidates().stream()
                .anyMatch(candidate -> candidate.individual().isPresent());
        if (!individual) {
            return unproved(new Refusal.NotEnrolled(), request.registrationId().display());
        }
        String shown = shown(request.evidence().getFirst());
        String wanted = recognized.candidates().getFirst().proof().words();
        return unproved(new Refusal.EvidenceMismatch(shown, wanted), shown);
    }

    private static String shown(Evidence evidence) {
        return switch (evidence) {
            case Evidence.CertificateChain ignored -> "a client certificate";
            case Evidence.SharedAccessSignature ignored -> "a shared access signature";
            case Evidence.OneTimeToken ignored -> "a one-time token";
            case Evidence.Ownership ignored -> "an ownership token";
            case Evidence.TpmChip ignored -> "a TPM";
            case Evidence.TpmActivation ignored -> "the answer of a TPM";
            case Evidence.TpmCertifiedKey ignored -> "a key certified by a TPM";
        };
    }

    private static Result unproved(Refusal refusal, String input) {
        return new Result.Unproved(refusal, List.of(Check.fail(input, refusal)));
    }
}
