package io.muster.core.ledger;

import io.muster.core.access.Scope;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Fact;
import io.muster.core.device.Name;
import java.util.List;
import java.util.Optional;

/// The devices, for operators. Throws [LedgerUnavailable] as the ledger does.
public interface Devices {

    /// A device by its registration id or its outward id, without case.
    Optional<Device> find(Name tenant, String id);

    /// One page in a stable order that tells nothing of the names.
    Page list(Name tenant, Filter filter, Optional<String> cursor, int limit);

    /// How many devices there are, and what they weigh: (heap, TOAST and indexes of the tables that grow with
    /// devices).
    Census census();

    /// What a list is narrowed to; empty fields do not narrow.
    ///
    /// @param type  only devices of this type
    /// @param fact  only devices that say this of themselves, where their enrollment has it searchable
    /// @param scope only devices of enrollments and in regions that it covers
    record Filter(
            Optional<Name> enrollment,
            Optional<Name> region,
            Optional<Name> hub,
            Optional<DeviceState> state,
            Optional<String> type,
            Optional<Fact> fact,
            Scope scope) {

        /// For whoever sees all of the tenant.
        public Filter(
                Optional<Name> enrollment, Optional<Name> region, Optional<Name> hub, Optional<DeviceState> state) {
            this(enrollment, region, hub, state, Optional.empty(), Optional.empty(), Scope.INSTALLATION);
        }
    }

    /// @param next where the next page begins, opaque; empty after the last page
    record Page(List<Device> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /// @param bytes on disk in the database, its log apart
    record Census(long devices, long bytes) {}

    /// A cursor that this installation did not make.
    final class CursorMalformed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
