package io.muster.core.roster;

import io.muster.core.door.EnrollmentRequest;

/// Who may come, read-only: what the pipeline asks.
///
/// An implementer may answer from memory, for as long as a change by any node is seen within two seconds,
/// [#refresh()] brings the newest, and the ledger refuses to commit what rests on an older edition of the tenant, hub
/// or enrollment. Called by any number of threads.
public interface Roster {

    /// Recognizes a caller: which tenant (its scope, else the only tenant there is), and which enrollments may take
    /// it.
    Recognition recognize(EnrollmentRequest request);

    /// Reads the newest edition before the next recognition; for a caller whose act was refused as resting on an old
    /// one.
    void refresh();
}
