package io.muster.store.outbox;

import io.muster.store.ledger.EntryEvents;
import java.sql.ResultSet;
import java.sql.SQLException;

/// An entry that a sink has not passed.
///
/// @param prevLane where the entry before it of the same subject stands
/// @param prevSeq  0: there is none
record OutboxRow(EntryEvents.Sealed entry, int prevLane, long prevSeq) {

    /// The columns that [#read] wants, in its order.
    static final String COLUMNS = EntryEvents.COLUMNS + ", e.prev_lane, e.prev_seq";

    static OutboxRow read(ResultSet row) throws SQLException {
        return new OutboxRow(
                EntryEvents.read(row), row.getInt(EntryEvents.WIDTH + 1), row.getLong(EntryEvents.WIDTH + 2));
    }

    int lane() {
        return entry.place().lane();
    }

    long seq() {
        return entry.place().seq();
    }
}
