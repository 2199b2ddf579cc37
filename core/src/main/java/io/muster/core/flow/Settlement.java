package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.device.Device;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempt.Result;
import io.muster.core.ledger.Ledger;
import io.muster.core.ledger.Ledger.Recorded;
import io.muster.core.policy.Policy;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// Settles an attested request: look, decide, place, record. One round; whoever calls decides whether to try again
/// after a conflict.
final class Settlement {

    private final Ledger ledger;

    Settlement(Ledger ledger) {
        this.ledger = ledger;
    }

    /// What came of a round.
    sealed interface Settled {

        /// Durable.
        record Accepted(Device device, Change change) implements Settled {}

        /// Durable.
        record Denied(Refusal refusal) implements Settled {}

        /// Nothing was written; the trace is for the attempt of the deferral.
        record Held(String why, List<Check> trace) implements Settled {}

        /// Nothing was written: the ground moved.
        record Moved(String what, boolean rosterStale, List<Check> trace) implements Settled {}
    }

    /// @param completes the operation that ends with this
    Settled settle(Attested attested, AttemptId attempt, Optional<OperationId> completes, Instant now) {
        Snapshot snapshot =
                ledger.look(attested.enrollment().tenant(), attested.request().registrationId(), attested.key(), now);
        return switch (Policy.decide(attested, snapshot)) {
            case Verdict.Permit permit -> carryOut(permit, attempt, completes);
            case Verdict.Hold hold -> new Settled.Held(hold.why(), hold.trace());
            case Verdict.Deny deny -> deny(attested, deny.refusal(), deny.trace(), attempt, completes, now);
        };
    }

    private Settled carryOut(Verdict.Permit permit, AttemptId attempt, Optional<OperationId> completes) {
        Instant now = permit.snapshot().now();
        return switch (NextDevice.plan(permit)) {
            case NextDevice.Planned planned -> record(permit, planned, attempt, completes);
            case NextDevice.Impossible impossible ->
                deny(permit.attested(), impossible.refusal(), refused(permit, impossible), attempt, completes, now);
        };
    }

    private Settled record(
            Verdict.Permit permit, NextDevice.Planned planned, AttemptId id, Optional<OperationId> completes) {
        List<Check> trace = placed(permit.trace(), planned);
        Attempt attempt = attempt(
                permit.attested(),
                id,
                Result.ACCEPTED,
                planned.change().name().toLowerCase(Locale.ROOT),
                trace,
                permit.snapshot().now());
        Act act = planned.change() == Change.UNCHANGED
                ? new Act.Confirms(
                        planned.device(), completes, permit.attested().recognized(), attempt)
                : new Act.Enrolls(
                        UUID.randomUUID(),
                        planned.change(),
                        planned.device(),
                        planned.superseded(),
                        completes,
                        permit.attested().recognized(),
                        attempt);
        return switch (ledger.record(act)) {
            case Recorded.Committed it -> new Settled.Accepted(it.device(), planned.change());
            case Recorded.Conflict it -> new Settled.Moved(it.what(), it.rosterStale(), trace);
            case Recorded.Noted() -> throw new IllegalStateException("an enrollment was recorded as a denial");
            case Recorded.DeviceIdTaken() -> {
                Refusal refusal = new Refusal.DeviceIdTaken(planned.device().deviceId());
                List<Check> why = with(trace, Check.fail(planned.device().deviceId(), refusal));
                yield deny(
                        permit.attested(),
                        refusal,
                        why,
                        id,
                        completes,
                        permit.snapshot().now());
            }
        };
    }

    private Settled deny(
            Attested attested,
            Refusal refusal,
            List<Check> trace,
            AttemptId id,
            Optional<OperationId> completes,
            Instant now) {
        Problem problem = Problem.of(refusal);
        Attempt attempt = attempt(attested, id, Result.REFUSED, problem.code(), trace, now);
        return switch (ledger.record(new Act.Denies(problem, completes, attested.recognized(), attempt))) {
            case Recorded.Conflict it -> new Settled.Moved(it.what(), it.rosterStale(), trace);
            case Recorded.Committed ignored -> new Settled.Denied(refusal);
            case Recorded.Noted() -> new Settled.Denied(refusal);
            case Recorded.DeviceIdTaken() -> new Settled.Denied(refusal);
        };
    }

    static Attempt attempt(
            Attested attested, AttemptId id, Result result, String code, List<Check> trace, Instant now) {
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
                attested.request().source());
    }

    private static List<Check> placed(List<Check> trace, NextDevice.Planned planned) {
        Device device = planned.device();
        String rule =
                switch (planned.change()) {
                    case INITIAL -> "A new device goes where the enrollment's allocation puts it.";
                    case UNCHANGED -> "Nothing about the device changes.";
                    case UPDATED -> "The device stays where it is; what is known of it changes.";
                    case MIGRATED -> "The device moves to another hub and keeps its data.";
                    case RESET -> "The device moves to another hub and starts anew there.";
                    case REKEYED -> "The new identity key replaces the old one, which proves nothing any more.";
                };
        return with(
                trace,
                Check.pass(
                        "placed",
                        device.assignment().hub() + " in " + device.assignment().region(),
                        rule));
    }

    private static List<Check> refused(Verdict.Permit permit, NextDevice.Impossible impossible) {
        String input = permit.attested().enrollment().origin().toString();
        return with(permit.trace(), Check.fail(input, impossible.refusal()));
    }

    private static List<Check> with(List<Check> trace, Check last) {
        List<Check> longer = new ArrayList<>(trace);
        longer.add(last);
        return List.copyOf(longer);
    }
}
