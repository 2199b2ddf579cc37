package io.muster.core.flow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after one failure and the next: twice as long each time, up to half a minute, and by chance
/// somewhat less, so that nodes do not come back all at once. After some failures in a row it has run out: what is
/// tried then is a trial, until one goes well.
final class Patience {

    static final Duration LONGEST = Duration.ofSeconds(30);

    /// So many failures in a row are no accident.
    static final int FAILURES = 4;

    private static final Duration FIRST = Duration.ofMillis(250);

    private final RandomGenerator chance;
    private Duration next = FIRST;
    private int failures;

    Patience(RandomGenerator chance) {
        this.chance = chance;
    }

    /// It failed again.
    Duration next() {
        failures++;
        Duration full = next;
        next = full.multipliedBy(2).compareTo(LONGEST) < 0 ? full.multipliedBy(2) : LONGEST;
        return Duration.ofMillis(chance.nextLong(full.toMillis() / 2, full.toMillis() + 1));
    }

    boolean hasRunOut() {
        return failures >= FAILURES;
    }

    /// It went well.
    void restore() {
        next = FIRST;
        failures = 0;
    }
}
