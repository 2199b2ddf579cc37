package io.muster.fleet.bench;

import io.muster.fleet.floor.Duty;
import io.muster.fleet.floor.Intermediates;
import io.muster.fleet.run.FleetSummary;

/// The floor as measured.
///
/// @param duty          what the floor did for a device
/// @param intermediates what was done about the makers' intermediate CA
/// @param cost          CPU per connection
/// @param summary       how the devices fared
/// @param resident      resident memory of the floor's JVM, bytes
record FloorReport(Duty duty, Intermediates intermediates, Cost cost, FleetSummary summary, long resident) {}
