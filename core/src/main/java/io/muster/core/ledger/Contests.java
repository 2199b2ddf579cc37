package io.muster.core.ledger;

import io.muster.core.device.Device;
import io.muster.core.ledger.Contest.Place;
import java.time.Instant;
import java.util.Optional;

/// The events that an identity key is in two places. Throws [LedgerUnavailable] as the ledger does.
public interface Contests {

    /// Where a device was accepted last, if that was since a moment.
    Optional<Place> lastPlace(Device device, Instant since);

    /// Writes the event as the next entry of its device, durably, unless one was written since a moment: of any
    /// number of callers at once, on any node, one writes it.
    Raised raise(Contest contest, Instant since);

    /// What came of it.
    sealed interface Raised {

        /// @param device as it is with the event
        record Written(Device device) implements Raised {}

        /// An event is there already.
        record Already() implements Raised {}

        /// Nothing was written: the device has changed since it was read.
        record Moved(String what) implements Raised {}
    }
}
