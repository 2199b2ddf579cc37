package io.muster.store.ledger;

import io.muster.store.lane.BindingRow;
import io.muster.store.sealing.Octets;
import org.jspecify.annotations.Nullable;

/// A binding that was found, and its device as it is stored; nothing is opened yet.
record Bound(Octets bi, short state, @Nullable Stored device) {

    /// A device's row and the row of its key.
    record Stored(
            Octets id,
            int version,
            short state,
            @Nullable String type,
            String region,
            String hub,
            long createdAt,
            long updatedAt,
            Octets sealed,
            int bucketKey,
            Octets wrapped) {}

    boolean blocked() {
        return state == BindingRow.BLOCKED;
    }
}
