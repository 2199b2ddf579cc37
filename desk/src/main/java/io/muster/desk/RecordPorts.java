package io.muster.desk;

import io.muster.core.device.Name;
import io.muster.core.flow.Reconciliation;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Reconcilable;
import io.muster.core.ledger.Sinks;
import java.util.Optional;
import java.util.function.Function;

/// What the desk asks of the ledger about devices that are taken away, about what happened, and about who else is told.
///
/// @param reconciliation compares what sinks hold
/// @param holders        those of this node's sinks that can be compared, by name
public record RecordPorts(
        Custody custody,
        Audit audit,
        Logbook logbook,
        Sinks sinks,
        Reconciliation reconciliation,
        Function<Name, Optional<Reconcilable>> holders) {}
