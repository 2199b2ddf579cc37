package io.muster.core.ledger;

import io.muster.core.device.Name;
import io.muster.core.door.OperationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Kept tries and deferred requests of a whole tenant, in a stable order that tells nothing of the names. A page may
/// be empty and have a next one: reading is bounded, whatever the filter leaves. Throws [LedgerUnavailable] as the
/// ledger does.
public interface Logbook {

    Page<Attempt> attempts(Name tenant, Filter filter, Optional<String> cursor, int limit);

    /// @param state only those that stand so
    Page<Operation> operations(Name tenant, Optional<Stage> state, Optional<String> cursor, int limit);

    Optional<Operation> operation(Name tenant, OperationId id);

    /// Empty fields do not narrow.
    ///
    /// @param code what came of it, such as `initial` or a refusal's code
    /// @param door the protocol it came by
    record Filter(
            Optional<String> code,
            Optional<Attempt.Result> result,
            Optional<Name> enrollment,
            Optional<String> door,
            Optional<Instant> since) {}

    /// Where an operation stands, in a word.
    enum Stage {
        WAITING,
        DONE,
        FAILED,
        EXPIRED
    }

    /// @param next where the next page begins, opaque; empty after the last page
    record Page<T>(List<T> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
