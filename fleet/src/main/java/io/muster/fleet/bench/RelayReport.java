package io.muster.fleet.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.fleet.run.FleetSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `bench relay` found.
///
/// @param entries entries of the ledger that each replay told
/// @param replays each of them, in order: the last ones are those of a warm JVM
/// @param timed   what became of the events that were timed; absent where the sink has no consumer
@JsonInclude(JsonInclude.Include.NON_NULL)
record RelayReport(
        Machine machine,
        SinkKind sink,
        long entries,
        List<Told> replays,
        @Nullable Timed timed) {

    RelayReport {
        replays = List.copyOf(replays);
    }

    /// @param seconds   from the replay until the sink had passed everything
    /// @param perSecond entries a second
    /// @param cost      CPU per entry
    record Told(double seconds, double perSecond, Cost cost) {}

    /// @param fleet     how the devices fared
    /// @param seen      events of theirs that the consumer saw, each once
    /// @param p50Millis from the time in the event, before its commit, until the consumer had it
    record Timed(
            double rate,
            FleetSummary fleet,
            long seen,
            double p50Millis,
            double p90Millis,
            double p99Millis,
            double maxMillis) {}

    boolean isClean() {
        return timed == null
                || (timed.fleet().enrolled() == timed.fleet().devices()
                        && timed.seen() == timed.fleet().enrolled());
    }
}
