package io.muster.core.flow;

import io.muster.core.attestation.Attestation;
import io.muster.core.attestation.Attested;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Issued;
import io.muster.core.door.Offer;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.flow.Course.Purpose;
import io.muster.core.flow.Course.Step;
import io.muster.core.flow.Settlement.Settled;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operations;
import io.muster.core.policy.Policy;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// One enrollment, one way: recognize, attest, then settle (decide, place, record). Every door's request goes through
/// here.
public final class Enroll implements Reception {

    /// How often a decision is made again after a conflict before the request is deferred.
    static final int ROUNDS = 3;

    /// What a deferred device is told to wait. Some SDKs replace anything over 5 s, or under 2 s, by a value of their
    /// own.
    static final Duration RETRY_AFTER = Duration.ofSeconds(3);

    private static final System.Logger log = System.getLogger(Enroll.class.getName());

    private final Roster roster;
    private final Attestation attestation;
    private final Ledger ledger;
    private final Operations operations;
    private final Deferrals deferrals;
    private final Attempts attempts;
    private final Strangers strangers;
    private final InstantSource clock;
    private final Steps steps;
    private final Certify certify;
    private final Observer observer;

    /// @param steps the steps after attestation
    /// @param kept the tries that are kept, and where those of strangers go
    public Enroll(
            Roster roster,
            Attestation attestation,
            Ledger ledger,
            Operations operations,
            Steps steps,
            History kept,
            InstantSource clock) {
        this.roster = roster;
        this.attestation = attestation;
        this.ledger = ledger;
        this.operations = operations;
        this.deferrals = new Deferrals(operations);
        this.attempts = kept;
        this.strangers = kept.strangers();
        this.clock = clock;
        this.steps = steps;
        this.certify = steps.certify();
        this.observer = kept.observer();
    }

    @Override
    public Outcome enroll(EnrollmentRequest request) {
        Course course = new Course(Purpose.ENROLL, request.door(), clock.instant());
        return observed(course, () -> {
            Settlement settlement = new Settlement(steps, course);
            for (int round = 1; ; round++) {
                Instant now = clock.instant();
                Proven proven = prove(request, now, course);
                if (proven instanceof Proven.Stranger stranger) {
                    return stranger.outcome();
                }
                Proven.Known known = (Proven.Known) proven;
                Settled settled = settlement.settle(known.attested(), known.attempt(), Optional.empty(), now);
                Optional<Outcome> outcome = conclude(settled, known, round, now);
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
        });
    }

    @Override
    public Outcome status(EnrollmentRequest request, OperationId id) {
        Course course = new Course(Purpose.STATUS, request.door(), clock.instant());
        Supplier<Recognition> recognizing = () -> reminded(roster.recognize(request), id);
        return observed(course, () -> switch (prove(recognizing, request, course.began(), course)) {
            case Proven.Stranger stranger -> stranger.outcome();
            case Proven.Known known ->
                operations
                        .find(known.tenant(), request.registrationId(), id)
                        .filter(operation ->
                                operation.key().equals(known.attested().key()))
                        .map(operation -> stateOf(operation, known))
                        .orElseGet(() -> finished(known, id));
        });
    }

    @Override
    public Outcome lookUp(EnrollmentRequest request) {
        Course course = new Course(Purpose.LOOK_UP, request.door(), clock.instant());
        return observed(course, () -> switch (prove(request, course.began(), course)) {
            case Proven.Stranger stranger -> stranger.outcome();
            case Proven.Known known -> standing(known, Change.UNCHANGED, Optional.empty());
        });
    }

    @Override
    public Outcome identify(EnrollmentRequest request) {
        Course course = new Course(Purpose.LOOK_UP, request.door(), clock.instant());
        return observed(course, () -> switch (prove(request, course.began(), course)) {
            case Proven.Stranger stranger -> stranger.outcome();
            case Proven.Known known -> identified(known);
        });
    }

    @Override
    public Optional<Outcome.Refused> greet(EnrollmentRequest request) {
        Course course = new Course(Purpose.LOOK_UP, request.door(), clock.instant());
        Outcome outcome = observed(course, () -> switch (prove(request, course.began(), course)) {
            case Proven.Stranger stranger -> stranger.outcome();
            case Proven.Known known -> refused(known.attempt(), new Refusal.NotRegistered());
        });
        return outcome instanceof Outcome.Refused it && !(it.refusal() instanceof Refusal.NotRegistered)
                ? Optional.of(it)
                : Optional.empty();
    }

    @Override
    public Offer offer(Optional<String> scope, Optional<Name> enrollment) {
        try {
            return switch (roster.endpoint(scope, enrollment)) {
                case Roster.Endpoint.Nothing it -> new Offer.Closed(it.refusal());
                case Roster.Endpoint.Open it -> certify.offer(it);
            };
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.WARNING, "The ledger is unavailable: " + e.getMessage());
            return new Offer.Closed(new Refusal.Unavailable("The ledger is unavailable."));
        }
    }

    @Override
    public Outcome.Refused turnAway(String door, Refusal refusal, String source) {
        Course course = new Course(Purpose.UNREADABLE, door, clock.instant());
        Outcome.Refused outcome = nobody(refusal);
        course.ends(outcome);
        observer.ended(course.close());
        return outcome;
    }

    private Outcome.Refused nobody(Refusal refusal) {
        strangers.count(Problem.of(refusal).code());
        return refused(new AttemptId(UUID.randomUUID()), refusal);
    }

    private sealed interface Proven {

        record Known(Attested attested, AttemptId attempt) implements Proven {
            Name tenant() {
                return attested.enrollment().tenant();
            }
        }

        record Stranger(Outcome outcome) implements Proven {}
    }

    private Recognition reminded(Recognition recognition, OperationId id) {
        return switch (recognition) {
            case Recognition.Unrecognized it -> it;
            case Recognition.Recognized it -> deferrals.reminded(it, id);
        };
    }

    private Proven prove(EnrollmentRequest request, Instant now, Course course) {
        return prove(() -> roster.recognize(request), request, now, course);
    }

    private Proven prove(Supplier<Recognition> recognizing, EnrollmentRequest request, Instant now, Course course) {
        return switch (course.during(Step.RECOGNIZE, recognizing)) {
            case Recognition.Unrecognized it -> new Proven.Stranger(nobody(it.refusal()));
            case Recognition.Recognized recognized -> {
                Name tenant = recognized.tenant().name();
                Instant believed = believed(now);
                AttemptId id = ledger.attemptId(tenant, request.registrationId(), believed);
                course.recognized(tenant);
                course.numbered(id);
                observer.numbered(id);
                yield switch (course.during(Step.ATTEST, () -> attestation.attest(recognized, believed))) {
                    case Attestation.Result.Proved it -> {
                        course.proved(it.attested().enrollment());
                        yield new Proven.Known(it.attested(), id);
                    }
                    case Attestation.Result.Challenged challenged -> new Proven.Stranger(challenge(id, challenged));
                    case Attestation.Result.Unproved it -> {
                        strangers.keep(stranger(id, tenant, request, it, believed));
                        yield new Proven.Stranger(refused(id, it.refusal()));
                    }
                };
            }
        };
    }

    /// The time by which evidence is judged and tries are dated: a device is not to blame for a node whose clock is
    /// wrong. Policy holds its request back until the clock is right again.
    private Instant believed(Instant now) {
        return switch (ledger.clock(now)) {
            case Snapshot.Clock.Trusted() -> now;
            case Snapshot.Clock.Untrusted untrusted -> now.minus(untrusted.offset());
        };
    }

    private Optional<Outcome> conclude(Settled settled, Proven.Known known, int round, Instant now) {
        return switch (settled) {
            case Settled.Accepted it
            when it.device().state() == DeviceState.QUARANTINED ->
                Optional.of(refused(known.attempt(), new Refusal.AwaitingApproval()));
            case Settled.Accepted it ->
                Optional.of(enrolled(known, it.device(), it.change(), it.issued(), it.handed()));
            case Settled.Denied it -> Optional.of(refused(known.attempt(), it.refusal()));
            case Settled.Held it -> Optional.of(defer(known, it.trace(), believed(now)));
            case Settled.Moved it
            when round < ROUNDS -> {
                if (it.rosterStale()) {
                    roster.refresh();
                }
                yield Optional.empty();
            }
            case Settled.Moved it -> Optional.of(defer(known, contended(it), believed(now)));
        };
    }

    /// What a template made is not kept: whoever holds a claim asks again.
    private Outcome defer(Proven.Known known, List<Check> trace, Instant now) {
        if (known.attested().request().thing().isPresent()) {
            return refused(known.attempt(), new Refusal.Unavailable("The device cannot be registered at this moment."));
        }
        OperationId stored = deferrals.keep(known.attested(), known.attempt(), trace, now);
        return new Outcome.Deferred(known.attempt(), stored, RETRY_AFTER);
    }

    private Outcome stateOf(Operation operation, Proven.Known known) {
        Optional<OperationId> id = Optional.of(operation.id());
        return switch (operation.state()) {
            case Operation.State.Waiting() -> new Outcome.Deferred(known.attempt(), operation.id(), RETRY_AFTER);
            case Operation.State.Done it -> standing(known, it.change(), id);
            case Operation.State.Failed it ->
                new Outcome.Refused(known.attempt(), new Refusal.OperationEnded(it.problem()), id);
            case Operation.State.Expired() -> new Outcome.Refused(known.attempt(), new Refusal.OperationExpired(), id);
        };
    }

    /// A door tells the number of the attempt as that of the operation when the request was not deferred: asked for
    /// again, it leads to where the device stands.
    private Outcome finished(Proven.Known known, OperationId id) {
        return attempts.find(known.tenant(), new AttemptId(id.value()))
                .filter(attempt -> attempt.result() == Attempt.Result.ACCEPTED)
                .filter(attempt -> attempt.registrationId()
                        .equals(known.attested().request().registrationId()))
                .map(attempt -> standing(known, Change.UNCHANGED, Optional.of(id)))
                .orElseGet(() -> refused(known.attempt(), new Refusal.OperationUnknown()));
    }

    /// In quarantine is who would be let in were it not for the quarantine, and nobody else.
    private Outcome identified(Proven.Known known) {
        Snapshot snapshot = Settlement.look(ledger, steps.facts(), known.attested(), clock.instant());
        Optional<Device> quarantined = snapshot.byName().filter(it -> it.state() == DeviceState.QUARANTINED);
        Snapshot judged = quarantined
                .map(it -> snapshot.knowing(it.in(DeviceState.ENABLED)))
                .orElse(snapshot);
        return standing(known, Change.UNCHANGED, Optional.empty(), judged) instanceof Outcome.Enrolled it
                ? enrolled(known, quarantined.orElse(it.device()), it.change(), it.issued(), Optional.empty())
                : standing(known, Change.UNCHANGED, Optional.empty(), snapshot);
    }

    private Outcome standing(Proven.Known known, Change change, Optional<OperationId> operation) {
        return standing(
                known, change, operation, Settlement.look(ledger, steps.facts(), known.attested(), clock.instant()));
    }

    /// Whoever may not enroll is not told where it stands either: a block that is committed holds for every answer.
    private Outcome standing(Proven.Known known, Change change, Optional<OperationId> operation, Snapshot snapshot) {
        return switch (Policy.decide(known.attested(), snapshot)) {
            case Verdict.Permit permit ->
                permit.known()
                        .filter(ignored -> !permit.rekeyed())
                        .map(device -> enrolled(known, device, change, certify.newest(permit), Optional.empty()))
                        .orElseGet(() -> new Outcome.Refused(known.attempt(), new Refusal.NotRegistered(), operation));
            case Verdict.Hold hold ->
                new Outcome.Refused(known.attempt(), new Refusal.Unavailable(hold.why()), operation);
            case Verdict.Deny deny -> new Outcome.Refused(known.attempt(), deny.refusal(), operation);
        };
    }

    private static Outcome enrolled(
            Proven.Known known, Device device, Change change, Optional<Issued> issued, Optional<Json> handed) {
        return new Outcome.Enrolled(
                known.attempt(),
                device,
                change,
                handed.or(() -> known.attested().enrollment().treatment().payload()),
                issued,
                known.attested().hardware().wrappedKey());
    }

    /// Nothing is kept of a challenge: what is needed to judge its answer goes with the device.
    private static Outcome challenge(AttemptId id, Attestation.Result.Challenged it) {
        return new Outcome.Challenged(
                id,
                it.challenge().challenge(),
                it.challenge().continuation(),
                it.challenge().expiresAt());
    }

    /// Whatever happens, the observer hears how it ended.
    private Outcome observed(Course course, Supplier<Outcome> work) {
        try {
            Outcome outcome = guarded(work);
            course.ends(outcome);
            return outcome;
        } finally {
            observer.ended(course.close());
        }
    }

    private Outcome guarded(Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.WARNING, "The ledger is unavailable: " + e.getMessage());
            return nobody(new Refusal.Unavailable("The ledger is unavailable."));
        }
    }

    private static List<Check> contended(Settled.Moved moved) {
        List<Check> trace = new ArrayList<>(moved.trace());
        trace.add(
                Check.note("contended", moved.what(), "After " + ROUNDS + " conflicts the request is kept for later."));
        return List.copyOf(trace);
    }

    private static Attempt stranger(
            AttemptId id, Name tenant, EnrollmentRequest request, Attestation.Result.Unproved unproved, Instant now) {
        return new Attempt(
                id,
                tenant,
                request.registrationId(),
                now,
                Optional.empty(),
                Attempt.Result.REFUSED,
                Problem.of(unproved.refusal()).code(),
                unproved.checks(),
                request.door(),
                request.source());
    }

    private static Outcome.Refused refused(AttemptId attempt, Refusal refusal) {
        return new Outcome.Refused(attempt, refusal, Optional.empty());
    }
}
