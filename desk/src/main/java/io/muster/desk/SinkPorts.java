package io.muster.desk;

import io.muster.core.device.Name;
import io.muster.core.flow.Reconciliation;
import io.muster.core.ledger.Reconcilable;
import io.muster.core.ledger.Sinks;
import java.util.Optional;
import java.util.function.Function;

/// What the desk asks about other systems that are told what happens to devices.
///
/// @param standings      how they stand
/// @param reconciliation compares what they hold
/// @param holders        those of this node that can be compared, by name
public record SinkPorts(
        Sinks standings, Reconciliation reconciliation, Function<Name, Optional<Reconcilable>> holders) {}
