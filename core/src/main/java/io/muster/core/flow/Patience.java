package io.muster.core.flow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after one failure and the next: twice as long each time, up to half a minute, and by chance
/// somewhat less, so that nodes do not come back all at once.
final class Patience {

    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST = Duration.ofMillis(250);

    private final RandomGenerator chance;
    private Duration next = FIRST;

    Patience(RandomGenerator chance) {
        this.chance = chance;
    }

    /// It failed again.
    Duration next() {
        Duration full = next;
        next = full.multipliedBy(2).compareTo(LONGEST) < 0 ? full.multipliedBy(2) : LONGEST;
        return Duration.ofMillis(chance.nextLong(full.toMillis() / 2, full.toMillis() + 1));
    }

    /// It went well.
    void restore() {
        next = FIRST;
    }
}
