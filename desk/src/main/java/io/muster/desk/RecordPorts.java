package io.muster.desk;

import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Custody;
import io.muster.core.ledger.Logbook;

/// What the desk asks of the ledger about devices that are taken away, and about what happened.
public record RecordPorts(Custody custody, Audit audit, Logbook logbook) {}
