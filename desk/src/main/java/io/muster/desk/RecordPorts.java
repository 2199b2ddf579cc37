package io.muster.desk;

import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Sinks;

/// What the desk asks of the ledger about devices that are taken away, about what happened, and about who else is told.
public record RecordPorts(Custody custody, Audit audit, Logbook logbook, Sinks sinks) {}
