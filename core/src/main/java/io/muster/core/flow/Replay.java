package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Hardware;
import io.muster.core.device.Device.Origin;
import io.muster.core.door.Check;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.flow.Foretold.Untold;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempt.Result;
import io.muster.core.ledger.Ground;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.FactTerms;
import io.muster.core.roster.Recognition.Recognized;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides a recorded try again: the same rules on what was known then, with the enrollments as they are or would
/// be. Where several enrollments may take the device, the choice among them is made anew as well.
final class Replay {

    private final Past past;
    private final FactsReader facts;

    Replay(Past past, FactsReader facts) {
        this.past = past;
        this.facts = facts;
    }

    /// @param recognized the enrollments that may take the device, and the hubs and profiles that there are
    Foretold decide(Attempt attempt, Ground ground, Recognized recognized) {
        Origin origin = attempt.origin().orElseThrow();
        Optional<Believer> disabled = Optional.empty();
        List<Check> checks = new ArrayList<>();
        for (Enrollment candidate : recognized.candidates()) {
            switch (Belief.of(ground, origin, candidate, past)) {
                case Belief.No it ->
                    checks.add(Check.note("not_believed", candidate.origin().toString(), it.why()));
                case Belief.Untold it
                when candidate.enabled() -> {
                    return untold(it.why(), candidate, checks);
                }
                case Belief.Untold it -> disabled = disabled.or(() -> Optional.of(new Believer(candidate, it)));
                case Belief.Yes it
                when candidate.enabled() -> {
                    return decide(attempt, ground, new Taken(recognized, candidate, it.why()));
                }
                case Belief.Yes it -> disabled = disabled.or(() -> Optional.of(new Believer(candidate, it)));
            }
        }
        return disabled.map(it -> it.belief() instanceof Belief.Untold(String why)
                        ? untold(why, it.enrollment(), checks)
                        : decide(attempt, ground, new Taken(recognized, it.enrollment(), "It is disabled.")))
                .orElseGet(() -> nobody(attempt, checks));
    }

    private record Believer(Enrollment enrollment, Belief belief) {}

    /// Which enrollment takes it, and why.
    private record Taken(Recognized recognized, Enrollment enrollment, String why) {}

    private Foretold decide(Attempt attempt, Ground ground, Taken taken) {
        Standins standins = new Standins(attempt, ground);
        Recognized there = taken.recognized();
        Recognized recognized = new Recognized(
                standins.request(),
                there.tenant(),
                there.candidates(),
                there.hubs(),
                there.profiles(),
                there.edition());
        Attested attested = new Attested(
                recognized,
                taken.enrollment(),
                ground.key(),
                ground.shown(),
                ground.basis(),
                Hardware.NONE,
                List.of(Check.note("proof_replayed", taken.enrollment().origin().toString(), taken.why())));
        FactTerms then = past.facts(attempt.origin().orElseThrow());
        return switch (Reheard.of(
                facts, ground, then, taken.enrollment().treatment().facts())) {
            case Reheard.Untold it -> untold(it.why(), taken.enrollment(), attested.checks());
            case Reheard.Heard it ->
                settled(attempt, attested, Rehearsed.of(attested, standins.snapshot(there.hubs(), it), ground.wish()));
        };
    }

    private Foretold settled(Attempt attempt, Attested attested, Foretold foretold) {
        return attempt.ground().filter(Ground::late).isPresent()
                        && foretold instanceof Decided decided
                        && decided.result() == Result.ACCEPTED
                ? late(attempt, attested.enrollment(), decided)
                : foretold;
    }

    /// What was refused when it was signed or recorded is not asked of policy; it stays as it was where nothing that
    /// it may have hung on is different.
    private Foretold late(Attempt attempt, Enrollment enrollment, Decided decided) {
        List<Check> last = List.of(Check.note(
                attempt.code(),
                attempt.at().toString(),
                "It was permitted, and refused when its certificate was signed or the device was recorded."));
        if (!past.sameTerms(attempt.origin().orElseThrow(), enrollment)) {
            return new Untold("it had been refused when it was signed or recorded, under other terms", last)
                    .after(decided.trace());
        }
        return new Decided(Result.REFUSED, attempt.code(), decided.by(), Optional.empty(), last).after(decided.trace());
    }

    private static Foretold untold(String why, Enrollment candidate, List<Check> before) {
        return new Untold(
                        why,
                        List.of(Check.note("cannot_tell", candidate.origin().toString(), why)))
                .after(before);
    }

    private static Foretold nobody(Attempt attempt, List<Check> before) {
        Check last = new Check(
                Decided.NOT_PROVED,
                attempt.registrationId().display(),
                Check.Verdict.FAIL,
                "No enrollment that may take the device would believe what it proved.",
                "List the authority or key that it proves itself with, or give it an enrollment of its own.");
        return new Decided(Result.REFUSED, Decided.NOT_PROVED, Optional.empty(), Optional.empty(), List.of(last))
                .after(before);
    }
}
