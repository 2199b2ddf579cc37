package io.muster.desk;

import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Presences;
import io.muster.core.telemetry.Tails;

/// What the desk asks about devices that are taken away, about what happened, about who else is told, about who is
/// connected, and about what devices say.
public record RecordPorts(
        Custody custody, Audit audit, Logbook logbook, SinkPorts sinks, Presences presences, Tails tails) {}
