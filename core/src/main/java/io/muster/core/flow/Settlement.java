package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.Advised;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Serial;
import io.muster.core.door.AttemptId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.door.Issued;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.door.Templated;
import io.muster.core.flow.Certify.Certified;
import io.muster.core.flow.Course.Step;
import io.muster.core.flow.TwoPlaces.Noticed;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Act.Consumed;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempt.Result;
import io.muster.core.ledger.Certification;
import io.muster.core.ledger.Ground;
import io.muster.core.ledger.Insight;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.Ledger.Recorded;
import io.muster.core.policy.Consultation;
import io.muster.core.policy.Facts;
import io.muster.core.policy.FactsReader;
import io.muster.core.policy.Hooks;
import io.muster.core.policy.Policy;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Settles an attested request: look, decide, place, record. One round; whoever calls decides whether to try again
/// after a conflict.
final class Settlement {

    private final Ledger ledger;
    private final Certify certify;
    private final TwoPlaces places;
    private final FactsReader facts;
    private final Hooks hooks;
    private final Course course;
    private Optional<Advised> heard = Optional.empty();

    private static final Advice CHANGED = new Advice.Busy("The template's hook is another one meanwhile.");

    /// @param course of the try that is settled
    Settlement(Steps steps, Course course) {
        this.ledger = steps.ledger();
        this.certify = steps.certify();
        this.places = steps.places();
        this.facts = steps.facts();
        this.hooks = steps.hooks();
        this.course = course;
    }

    /// What came of a round.
    sealed interface Settled {

        /// Durable.
        ///
        /// @param handed what a hook hands to the device
        record Accepted(Device device, Change change, Optional<Issued> issued, Optional<Json> handed)
                implements Settled {}

        /// Durable.
        record Denied(Refusal refusal) implements Settled {}

        /// Nothing was written; the trace is for the attempt of the deferral.
        record Held(String why, List<Check> trace) implements Settled {}

        /// Nothing was written: the ground moved.
        record Moved(String what, boolean rosterStale, List<Check> trace) implements Settled {}
    }

    /// @param completes the operation that ends with this
    Settled settle(Attested attested, AttemptId attempt, Optional<OperationId> completes, Instant now) {
        Snapshot snapshot = course.during(Step.LOOK, () -> look(ledger, facts, attested, now));
        return switch (consulted(course.during(Step.DECIDE, () -> Policy.decide(attested, snapshot)))) {
            case Verdict.Permit permit -> watch(permit, attempt, completes);
            case Verdict.Hold hold -> new Settled.Held(hold.why(), hold.trace());
            case Verdict.Deny deny -> watch(deny, new Denied(attested, advised(snapshot), false), attempt, completes);
        };
    }

    /// Whoever may come is put to the hook that has a say. It is asked once in a try, however many rounds there are.
    private Verdict consulted(Verdict verdict) {
        return verdict instanceof Verdict.Permit permit
                ? Consultation.due(permit)
                        .map(due -> Consultation.heard(permit, advised(permit, due)))
                        .orElse(verdict)
                : verdict;
    }

    private Advised advised(Verdict.Permit permit, Consultation.Due due) {
        Advised said = heard.filter(it -> it.hook().equals(due.hook()))
                .orElseGet(() -> due.provisioning()
                        ? permit.attested()
                                .request()
                                .thing()
                                .flatMap(Templated::advised)
                                .filter(it -> it.hook().equals(due.hook()))
                                .orElseGet(() -> new Advised(due.hook(), CHANGED))
                        : course.during(
                                Step.CONSULT, () -> new Advised(due.hook(), hooks.allocate(due.hook(), permit))));
        heard = Optional.of(said);
        return said;
    }

    private Snapshot advised(Snapshot snapshot) {
        return heard.map(snapshot::advised).orElse(snapshot);
    }

    /// Who is denied, and on what snapshot.
    ///
    /// @param late whether policy had permitted it, and signing or recording did not
    private record Denied(Attested attested, Snapshot snapshot, boolean late) {
        Ground ground() {
            return Ground.of(attested, snapshot, late);
        }
    }

    private Settled watch(Verdict.Permit permit, AttemptId id, Optional<OperationId> completes) {
        return switch (places.fromOtherNetwork(permit)) {
            case Noticed.Nothing() -> carryOut(permit, id, completes);
            case Noticed.Moved it -> new Settled.Moved(it.what(), false, permit.trace());
            case Noticed.Contested it -> {
                Snapshot newer = permit.snapshot().knowing(it.device());
                List<Check> trace = with(permit.trace(), List.of(it.line()));
                yield carryOut(new Verdict.Permit(permit.attested(), newer, permit.rekeyed(), trace), id, completes);
            }
        };
    }

    private Settled watch(Verdict.Deny deny, Denied denied, AttemptId id, Optional<OperationId> completes) {
        Noticed noticed = deny.refusal() instanceof Refusal.IdentityKeyTaken
                ? places.underOtherName(denied.attested(), denied.snapshot())
                : new Noticed.Nothing();
        List<Check> trace = deny.trace();
        switch (noticed) {
            case Noticed.Nothing() -> {}
            case Noticed.Contested it -> trace = with(trace, List.of(it.line()));
            case Noticed.Moved it -> {
                return new Settled.Moved(it.what(), false, trace);
            }
        }
        return deny(denied, deny.refusal(), trace, id, completes);
    }

    /// What is known of the name, of the identity key, and of the key to be certified; and what is believed of what
    /// the device says of itself.
    static Snapshot look(Insight ledger, FactsReader reader, Attested attested, Instant now) {
        Optional<IdentityKey> requested = attested.request().certificate().map(CertificateRequest::key);
        Snapshot known = ledger.look(
                attested.enrollment().tenant(), attested.request().registrationId(), attested.key(), requested, now);
        return known.hearing(Facts.of(
                reader,
                attested.enrollment().treatment().facts(),
                attested.request().payload(),
                known.byName()));
    }

    private Settled carryOut(Verdict.Permit permit, AttemptId id, Optional<OperationId> completes) {
        Attested attested = permit.attested();
        Supplier<Serial> serial = () ->
                ledger.serial(attested.enrollment().tenant(), attested.request().registrationId());
        return switch (certified(permit, serial)) {
            case Certified.Refused it ->
                deny(
                        new Denied(attested, permit.snapshot(), it.signing()),
                        it.refusal(),
                        with(permit.trace(), it.trace()),
                        id,
                        completes);
            case Certified.Granted granted -> place(permit, granted, id, completes);
        };
    }

    /// Whoever asks for no certificate takes no step.
    private Certified certified(Verdict.Permit permit, Supplier<Serial> serial) {
        boolean nothing = permit.attested().request().certificate().isEmpty()
                && !(permit.attested().shown() instanceof Standing.ByCreation);
        return nothing
                ? certify.certify(permit, serial)
                : course.during(Step.CERTIFY, () -> certify.certify(permit, serial));
    }

    private Settled place(
            Verdict.Permit permit, Certified.Granted granted, AttemptId id, Optional<OperationId> completes) {
        NextCredentials credentials = NextCredentials.plan(permit, granted.fresh());
        List<Check> trace = with(permit.trace(), granted.trace());
        return switch (NextDevice.plan(permit, credentials.present())) {
            case NextDevice.Planned planned -> {
                List<Check> placed = with(trace, List.of(placed(planned)));
                yield record(permit, planned, new Receipts(granted, credentials, placed), id, completes);
            }
            case NextDevice.Impossible impossible ->
                deny(
                        new Denied(permit.attested(), permit.snapshot(), false),
                        impossible.refusal(),
                        with(trace, List.of(refused(permit, impossible))),
                        id,
                        completes);
        };
    }

    /// What the steps before recording left behind.
    private record Receipts(Certified.Granted granted, NextCredentials credentials, List<Check> trace) {
        Certification certification() {
            return new Certification(granted.fresh(), credentials.ended());
        }
    }

    private Settled record(
            Verdict.Permit permit,
            NextDevice.Planned planned,
            Receipts receipts,
            AttemptId id,
            Optional<OperationId> completes) {
        Act act = act(permit, planned, receipts, id, completes);
        return switch (course.during(Step.RECORD, () -> ledger.record(act))) {
            case Recorded.Committed it ->
                new Settled.Accepted(
                        it.device(), planned.change(), receipts.granted().issued(), handed(permit));
            case Recorded.Conflict it -> new Settled.Moved(it.what(), it.rosterStale(), receipts.trace());
            case Recorded.Noted() -> throw new IllegalStateException("an enrollment was recorded as a denial");
            case Recorded.Spent() -> {
                Refusal spent = permit.attested().shown() instanceof Standing.ByCreation
                        ? new Refusal.CreationTaken()
                        : new Refusal.TokenSpent();
                yield deny(permit, spent, receipts.trace(), "what it stands on", id, completes);
            }
            case Recorded.DeviceIdTaken() -> {
                String deviceId = planned.device().deviceId();
                yield deny(permit, new Refusal.DeviceIdTaken(deviceId), receipts.trace(), deviceId, id, completes);
            }
        };
    }

    private static Optional<Json> handed(Verdict.Permit permit) {
        return permit.snapshot()
                .advised()
                .flatMap(it -> it.advice() instanceof Advice.Host host ? host.payload() : Optional.empty());
    }

    private static Act act(
            Verdict.Permit permit,
            NextDevice.Planned planned,
            Receipts receipts,
            AttemptId id,
            Optional<OperationId> completes) {
        String code = planned.change().name().toLowerCase(Locale.ROOT);
        Attempt attempt = attempt(
                permit.attested(),
                id,
                Result.ACCEPTED,
                code,
                receipts.trace(),
                permit.snapshot().now(),
                Optional.of(Ground.of(permit.attested(), permit.snapshot(), false)));
        Optional<Consumed> consumes = consumed(permit);
        return planned.change() == Change.UNCHANGED
                ? new Act.Confirms(
                        planned.device(), consumes, completes, permit.attested().recognized(), attempt)
                : new Act.Enrolls(
                        UUID.randomUUID(),
                        planned.change(),
                        planned.device(),
                        planned.superseded(),
                        receipts.certification(),
                        consumes,
                        completes,
                        permit.attested().recognized(),
                        attempt);
    }

    private static Optional<Consumed> consumed(Verdict.Permit permit) {
        return switch (permit.attested().shown()) {
            case Standing.ByToken it -> Optional.of(new Consumed.Token(it.token()));
            case Standing.ByCreation it -> Optional.of(new Consumed.Created(it.serial()));
            case Standing.ByIdentity() -> Optional.empty();
            case Standing.ByCertificate ignored -> Optional.empty();
        };
    }

    private Settled deny(
            Verdict.Permit permit,
            Refusal refusal,
            List<Check> trace,
            String input,
            AttemptId id,
            Optional<OperationId> completes) {
        List<Check> why = with(trace, List.of(Check.fail(input, refusal)));
        return deny(new Denied(permit.attested(), permit.snapshot(), true), refusal, why, id, completes);
    }

    private Settled deny(
            Denied denied, Refusal refusal, List<Check> trace, AttemptId id, Optional<OperationId> completes) {
        Problem problem = Problem.of(refusal);
        Attempt attempt = attempt(
                denied.attested(),
                id,
                Result.REFUSED,
                problem.code(),
                trace,
                denied.snapshot().now(),
                Optional.of(denied.ground()));
        Act act = new Act.Denies(problem, completes, denied.attested().recognized(), attempt);
        return switch (course.during(Step.RECORD, () -> ledger.record(act))) {
            case Recorded.Conflict it -> new Settled.Moved(it.what(), it.rosterStale(), trace);
            case Recorded.Committed ignored -> new Settled.Denied(refusal);
            case Recorded.Noted() -> new Settled.Denied(refusal);
            case Recorded.DeviceIdTaken() -> new Settled.Denied(refusal);
            case Recorded.Spent() -> new Settled.Denied(refusal);
        };
    }

    static Attempt attempt(
            Attested attested,
            AttemptId id,
            Result result,
            String code,
            List<Check> trace,
            Instant now,
            Optional<Ground> ground) {
        return new Attempt(
                id,
                attested.enrollment().tenant(),
                attested.request().registrationId(),
                now,
                Optional.of(attested.enrollment().origin()),
                result,
                code,
                trace,
                attested.request().door(),
                attested.request().source(),
                ground);
    }

    static Check placed(NextDevice.Planned planned) {
        Device device = planned.device();
        String rule =
                switch (planned.change()) {
                    case INITIAL -> "A new device goes where the enrollment's allocation puts it.";
                    case UNCHANGED -> "Nothing about the device changes.";
                    case CERTIFIED -> "The device stays where it is; its certificates change.";
                    case UPDATED -> "The device stays where it is; what is known of it changes.";
                    case MIGRATED -> "The device moves to another hub and keeps its data.";
                    case RESET -> "The device moves to another hub and starts anew there.";
                    case REKEYED -> "The new identity key replaces the old one, which proves nothing any more.";
                };
        return Check.pass(
                "placed",
                device.assignment().hub() + " in " + device.assignment().region(),
                rule);
    }

    static Check refused(Verdict.Permit permit, NextDevice.Impossible impossible) {
        return Check.fail(permit.attested().enrollment().origin().toString(), impossible.refusal());
    }

    private static List<Check> with(List<Check> trace, List<Check> more) {
        List<Check> longer = new ArrayList<>(trace);
        longer.addAll(more);
        return List.copyOf(longer);
    }
}
