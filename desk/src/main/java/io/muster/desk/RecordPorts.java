package io.muster.desk;

import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Presences;
import io.muster.core.ledger.Sinks;

/// What the desk asks of the ledger about devices that are taken away, about what happened, about who else is told, and
/// about who is connected.
public record RecordPorts(Custody custody, Audit audit, Logbook logbook, Sinks sinks, Presences presences) {}
