package io.muster.core.ledger;

import io.muster.core.device.Name;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tries that an enrollment decided, one after the other, for deciding them again.
public interface Precedents {

    /// A page of them, in an order that stays. Tries that come meanwhile may be among them or not.
    ///
    /// @param since the oldest
    /// @param after where the page before ended; empty for the first
    /// @param limit most rows of a page
    Page of(Name tenant, Name enrollment, Instant since, Optional<Place> after, int limit);

    /// @param next where the page ends; empty after the last
    record Page(List<Attempt> attempts, Optional<Place> next) {
        public Page {
            attempts = List.copyOf(attempts);
        }
    }

    /// Where a page ended.
    ///
    /// @param text as callers see it, opaque
    record Place(String text) {}

    /// A place that this installation did not give out.
    final class PlaceUnknown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
