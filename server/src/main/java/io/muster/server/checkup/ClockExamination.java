package io.muster.server.checkup;

import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// This node's clock against the database's.
public final class ClockExamination implements Examination {

    private static final Duration LITTLE = Duration.ofSeconds(30);

    /// Beyond it nothing is issued, and requests are deferred.
    private static final Duration MUCH = Duration.ofMinutes(5);

    private final Supplier<Instant> database;

    /// @param database its time, as far as it can be told
    public ClockExamination(Supplier<Instant> database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> findings(Instant now) {
        Duration ahead = Duration.between(database.get(), now);
        Duration off = ahead.abs();
        if (off.compareTo(LITTLE) <= 0) {
            return List.of(Finding.ok(name(), "This node's clock goes with the database's."));
        }
        String what = "This node's clock is " + off.toSeconds() + " seconds "
                + (ahead.isNegative() ? "behind" : "ahead of") + " the database's.";
        String remedy = "Let both machines follow NTP; set the clock that is wrong.";
        return List.of(
                off.compareTo(MUCH) > 0
                        ? Finding.fail(name(), what + " Nothing is issued; requests are deferred.", remedy)
                        : Finding.warn(name(), what + " Beyond 5 minutes nothing is issued.", remedy));
    }
}
