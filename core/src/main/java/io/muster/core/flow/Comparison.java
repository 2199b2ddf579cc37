package io.muster.core.flow;

import io.muster.core.device.RegistrationId;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempt.Result;
import io.muster.core.ledger.Ground;
import io.muster.core.ledger.Precedents.Place;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Recognition.Unrecognized;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Versions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Holds recorded tries against the enrollments as they are, and as they would be. Used by one thread.
final class Comparison {

    private static final String NO_GROUND =
            "a version of Muster recorded the try that did not keep what the decision rested on";

    private final Enrollment changed;
    private final Recognized present;
    private final Versions versions;
    private final Replay replay;
    private final Tally tally;

    private Comparison(Enrollment changed, Recognized present, Versions versions, FactsReader facts, Tally tally) {
        this.changed = changed;
        this.present = present;
        this.versions = versions;
        this.replay = new Replay(new Past(versions, changed.tenant()), facts);
        this.tally = tally;
    }

    /// @param listed most changes that are listed one by one
    static Comparison of(Enrollment changed, Roster roster, Versions versions, FactsReader facts, int listed) {
        RegistrationId anybody = changed.individual()
                .or(() -> RegistrationId.parse(UUID.randomUUID().toString()))
                .orElseThrow();
        Recognized present = recognize(roster, changed, anybody);
        if (present.candidates().stream().noneMatch(it -> it.name().equals(changed.name()))) {
            roster.refresh();
            present = recognize(roster, changed, anybody);
        }
        return new Comparison(changed, present, versions, facts, new Tally(listed));
    }

    private static Recognized recognize(Roster roster, Enrollment changed, RegistrationId name) {
        EnrollmentRequest request = new EnrollmentRequest(
                "rehearsal", Optional.of(changed.tenant().value()), name, List.of(), Optional.empty(), "");
        return switch (roster.recognize(request)) {
            case Recognized it -> it;
            case Unrecognized ignored -> throw new IllegalStateException("an enrollment without a tenant");
        };
    }

    long counted() {
        return tally.counted();
    }

    Difference upTo(Optional<Place> next) {
        return tally.upTo(next);
    }

    void add(Attempt attempt) {
        Optional<Ground> ground = attempt.ground();
        if (ground.isPresent()) {
            compare(attempt, ground.get());
        } else if (attempt.result() == Result.DEFERRED || attempt.code().equals(TwoPlaces.CODE)) {
            tally.aside();
        } else {
            tally.untold(NO_GROUND);
        }
    }

    /// Whether the name has an enrollment of its own by now is asked only where it matters: then the change is none
    /// of its affair.
    private void compare(Attempt attempt, Ground ground) {
        List<Enrollment> candidates = present.candidates().stream()
                .filter(it -> !ground.named() || it.name().equals(changed.name()))
                .toList();
        List<Enrollment> afterwards = candidates.stream()
                .map(it -> it.name().equals(changed.name()) ? changed : it)
                .toList();
        Foretold from = replay.decide(attempt, ground, among(candidates));
        Foretold to = replay.decide(attempt, ground, among(afterwards));
        if (!isSame(from, to) && hasItsOwn(attempt)) {
            tally.unconcerned();
        } else {
            tally.add(attempt, from, to);
        }
    }

    private boolean hasItsOwn(Attempt attempt) {
        return changed.individual().isEmpty()
                && versions.individual(attempt.tenant(), attempt.registrationId())
                        .isPresent();
    }

    private Recognized among(List<Enrollment> candidates) {
        return new Recognized(
                present.request(), present.tenant(), candidates, present.hubs(), present.profiles(), present.edition());
    }

    private static boolean isSame(Foretold from, Foretold to) {
        return from instanceof Decided one && to instanceof Decided other && one.isSameAs(other);
    }
}
