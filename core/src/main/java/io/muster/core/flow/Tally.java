package io.muster.core.flow;

import io.muster.core.device.Name;
import io.muster.core.flow.Difference.Changed;
import io.muster.core.flow.Difference.Counts;
import io.muster.core.flow.Difference.Reason;
import io.muster.core.flow.Difference.Tallied;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.flow.Foretold.Untold;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempt.Result;
import io.muster.core.ledger.Precedents.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Counts tries by what a change makes of them. Used by one thread.
final class Tally {

    /// How a try changes.
    enum Kind {
        SAME,
        FLIP,
        MOVE,
        OTHERWISE
    }

    private record Pair(String from, String to) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int first = from.compareTo(other.from);
            return first == 0 ? to.compareTo(other.to) : first;
        }
    }

    private final int mostListed;
    private final Map<Pair, Long> codes = new TreeMap<>();
    private final Map<Pair, Long> hubs = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private final List<Changed> listed = new ArrayList<>();
    private long same;
    private long flips;
    private long moves;
    private long otherwise;
    private long untold;
    private long drifted;
    private long aside;

    Tally(int mostListed) {
        this.mostListed = mostListed;
    }

    void aside() {
        aside++;
    }

    /// One that the change does not touch.
    void unconcerned() {
        same++;
    }

    void untold(String why) {
        untold++;
        reasons.merge(why, 1L, Long::sum);
    }

    void add(Attempt attempt, Foretold from, Foretold to) {
        if (from instanceof Untold(String why, var ignored)) {
            untold(why);
        } else if (to instanceof Untold(String why, var ignored)) {
            untold(why);
        } else if (from instanceof Decided present && to instanceof Decided changed) {
            drifted += present.result() == attempt.result() && present.code().equals(attempt.code()) ? 0 : 1;
            add(attempt, present, changed);
        }
    }

    private void add(Attempt attempt, Decided from, Decided to) {
        switch (kind(from, to)) {
            case SAME -> same++;
            case FLIP -> {
                flips++;
                codes.merge(new Pair(from.code(), to.code()), 1L, Long::sum);
                list(attempt, from, to);
            }
            case MOVE -> {
                moves++;
                hubs.merge(new Pair(hub(from), hub(to)), 1L, Long::sum);
                list(attempt, from, to);
            }
            case OTHERWISE -> otherwise++;
        }
    }

    static Kind kind(Decided from, Decided to) {
        if (from.isSameAs(to)) {
            return Kind.SAME;
        }
        boolean accepted = from.result() == Result.ACCEPTED && to.result() == Result.ACCEPTED;
        if (!accepted) {
            return Kind.FLIP;
        }
        return from.hub().equals(to.hub()) ? Kind.OTHERWISE : Kind.MOVE;
    }

    private void list(Attempt attempt, Decided from, Decided to) {
        if (listed.size() < mostListed) {
            listed.add(new Changed(attempt.id(), attempt.registrationId(), attempt.at(), from, to));
        }
    }

    private static String hub(Decided decided) {
        return decided.hub().map(Name::value).orElse("");
    }

    long counted() {
        return same + flips + moves + otherwise + untold + aside;
    }

    Difference upTo(Optional<Place> next) {
        Counts counts = new Counts(counted() - aside, same, flips, moves, otherwise, untold, drifted, aside);
        List<Reason> why = reasons.entrySet().stream()
                .map(it -> new Reason(it.getKey(), it.getValue()))
                .toList();
        return new Difference(counts, tallied(codes), tallied(hubs), why, listed, next);
    }

    private static List<Tallied> tallied(Map<Pair, Long> counts) {
        return counts.entrySet().stream()
                .map(it -> new Tallied(it.getKey().from(), it.getKey().to(), it.getValue()))
                .toList();
    }
}
