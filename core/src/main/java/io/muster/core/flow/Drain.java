package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Basis;
import io.muster.core.attestation.Hardware;
import io.muster.core.device.Name;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.flow.Course.Purpose;
import io.muster.core.flow.Settlement.Settled;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operations;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Carries out what was deferred: the attested facts are decided by the newest version of the enrollment that was
/// proved. A key that only its TPM can unwrap is made again when the device asks, for whom it is.
public final class Drain {

    /// Operations taken at once.
    static final int BATCH = 32;

    /// How long a worker may hold what it took; a worker that dies gives it back by that.
    static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration AFTER_FAULT = Duration.ofMinutes(1);
    private static final String POSTPONED = "postponed";
    private static final System.Logger log = System.getLogger(Drain.class.getName());

    private final Roster roster;
    private final Ledger ledger;
    private final Operations operations;
    private final InstantSource clock;
    private final Steps steps;
    private final Observer observer;

    /// @param observer hears of every deferred try that is carried out
    public Drain(
            Roster roster, Ledger ledger, Operations operations, Steps steps, InstantSource clock, Observer observer) {
        this.roster = roster;
        this.ledger = ledger;
        this.operations = operations;
        this.clock = clock;
        this.steps = steps;
        this.observer = observer;
    }

    /// Takes what waits and settles it. Returns how many operations were taken; 0 means that nothing waits. Throws
    /// [io.muster.core.ledger.LedgerUnavailable] as the ledger does: what was taken comes back when its lease ends.
    public int once() {
        List<Operation> taken = operations.lease(BATCH, LEASE);
        taken.forEach(this::settleAlone);
        return taken.size();
    }

    /// A fault in one operation must not keep the others of its batch waiting for ever.
    private void settleAlone(Operation operation) {
        Course course = new Course(Purpose.DEFERRED, operation.door(), clock.instant());
        try {
            settle(operation, course);
        } catch (LedgerUnavailable e) {
            course.ends(POSTPONED);
            throw e;
        } catch (RuntimeException e) {
            log.log(System.Logger.Level.ERROR, "Operation " + operation.id() + " failed; it is tried again later.", e);
            operations.postpone(operation, AFTER_FAULT);
        } finally {
            observer.ended(course.close());
        }
    }

    private void settle(Operation operation, Course course) {
        Ground ground = ground(operation);
        if (ground instanceof Ground.Gone) {
            roster.refresh();
            ground = ground(operation);
        }
        switch (ground) {
            case Ground.Stands it -> settle(operation, it.attested(), course);
            case Ground.Gone it -> {
                Problem problem = Problem.of(it.refusal());
                operations.fail(operation, problem);
                course.ends(problem.code());
            }
        }
    }

    /// Whether the enrollment that was proved is still there. Another node may have taken the request by an edition
    /// of the roster that this one has not read yet: only after a refresh it is really gone.
    private sealed interface Ground {
        record Stands(Attested attested) implements Ground {}

        record Gone(Refusal refusal) implements Ground {}
    }

    private Ground ground(Operation operation) {
        EnrollmentRequest request = new EnrollmentRequest(
                operation.door(),
                Optional.of(operation.tenant().value()),
                Optional.empty(),
                operation.registrationId(),
                List.of(),
                operation.certificate(),
                operation.payload(),
                operation.source());
        return switch (roster.recognize(request)) {
            case Recognition.Unrecognized it -> new Ground.Gone(it.refusal());
            case Recognized recognized ->
                candidate(recognized, operation.enrollment())
                        .<Ground>map(it -> new Ground.Stands(attested(recognized, it, operation)))
                        .orElseGet(() -> new Ground.Gone(new Refusal.NotEnrolled()));
        };
    }

    private void settle(Operation operation, Attested attested, Course course) {
        Instant now = course.began();
        AttemptId attempt = ledger.attemptId(operation.tenant(), operation.registrationId(), now);
        course.proved(attested.enrollment());
        course.numbered(attempt);
        observer.numbered(attempt);
        Settled settled = new Settlement(steps, course).settle(attested, attempt, Optional.of(operation.id()), now);
        switch (settled) {
            case Settled.Accepted it -> course.ends(it.change().name().toLowerCase(Locale.ROOT));
            case Settled.Denied it -> course.ends(Problem.of(it.refusal()).code());
            case Settled.Held ignored -> {
                course.ends(POSTPONED);
                operations.postpone(operation, AGAIN);
            }
            case Settled.Moved it -> {
                course.ends(POSTPONED);
                if (it.rosterStale()) {
                    roster.refresh();
                }
                operations.postpone(operation, AGAIN);
            }
        }
    }

    private static Optional<Enrollment> candidate(Recognized recognized, Name enrollment) {
        return recognized.candidates().stream()
                .filter(it -> it.name().equals(enrollment))
                .findFirst();
    }

    private static Attested attested(Recognized recognized, Enrollment enrollment, Operation operation) {
        Check check = Check.note(
                "deferred",
                "operation " + operation.id() + " of " + operation.createdAt(),
                "The evidence was checked when the request came; what was attested is decided now.");
        Hardware hardware = new Hardware(operation.chip().residentKey(), Optional.empty());
        return new Attested(
                recognized,
                enrollment,
                operation.key(),
                operation.shown(),
                new Basis.Unsaid(),
                hardware,
                List.of(check));
    }
}
