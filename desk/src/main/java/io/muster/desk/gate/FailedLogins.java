package io.muster.desk.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Counts failed log-ins and says how long the next answer to the same address waits. Bounded in memory: the address
/// that failed longest ago is forgotten first.
public final class FailedLogins {

    private static final int REMEMBERED_ADDRESSES = 4_096;
    private static final int MOST_WAITING = 256;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final Clock clock;
    private final Map<String, Failures> byAddress = new LinkedHashMap<>(16, 0.75f, true);
    private long total;
    private int waiting;

    private record Failures(int inARow, Instant last) {}

    public FailedLogins(Clock clock) {
        this.clock = clock;
    }

    /// How a failure is answered: after a wait, or at once because too many wait already.
    public sealed interface Penalty {
        record Wait(Duration time) implements Penalty {}

        record TurnedAway(Duration retryAfter) implements Penalty {}
    }

    public synchronized Penalty failed(String address) {
        total++;
        Instant now = clock.instant();
        Failures before = byAddress.get(address);
        boolean fresh = before == null || before.last().plus(FORGOTTEN_AFTER).isBefore(now);
        int inARow = fresh || before == null ? 1 : before.inARow() + 1;
        byAddress.put(address, new Failures(inARow, now));
        if (byAddress.size() > REMEMBERED_ADDRESSES) {
            byAddress.remove(byAddress.keySet().iterator().next());
        }
        if (waiting >= MOST_WAITING) {
            return new Penalty.TurnedAway(LONGEST_WAIT);
        }
        waiting++;
        return new Penalty.Wait(doubled(inARow));
    }

    /// A valid token came from there: what failed before was a mistake.
    public synchronized void succeeded(String address) {
        byAddress.remove(address);
    }

    /// The wait of one failed log-in is over.
    public synchronized void answered() {
        waiting--;
    }

    /// All failed log-ins since the start.
    public synchronized long total() {
        return total;
    }

    private static Duration doubled(int inARow) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(inARow - 1, 10));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
