package io.muster.fleet.bench;

import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;

/// What devices do at a server.
///
/// @param <D> who comes
interface Visit<D> {

    /// Returns when the last one has its end.
    FleetSummary run(Pace pace, Iterable<D> comers) throws InterruptedException;
}
