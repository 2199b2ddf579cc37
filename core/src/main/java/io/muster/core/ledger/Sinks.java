package io.muster.core.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the sinks stand, and what operators do to them. Each act is audited. Throws [LedgerUnavailable] as the ledger
/// does.
public interface Sinks {

    /// Every sink that any node ever introduced, by name.
    List<Standing> list();

    Optional<Standing> find(Name sink);

    /// From now on it is told nothing, until it is resumed; what it is being given at this moment may still arrive.
    /// Empty where there is none of that name.
    Optional<Standing> pause(Name sink, Warrant warrant);

    /// Goes on where it stood.
    Optional<Standing> resume(Name sink, Warrant warrant);

    /// Tells it again, under the same ids, all that happened since a moment, and somewhat before it.
    ///
    /// @param since empty: everything
    Optional<Standing> replay(Name sink, Optional<Instant> since, Warrant warrant);

    /// Notes that an operator has it compared with the devices, or mended.
    ///
    /// @param detail whose devices, and what came of it
    Optional<Standing> reconciled(Name sink, String detail, Warrant warrant);

    /// What the sink could not take, in the order of the lanes.
    Page deadLetters(Name sink, Optional<String> cursor, int limit);

    /// @param behind entries that it has not passed; not all of them are about devices
    /// @param oldest how long ago the oldest of them was written; zero where there is none
    record Standing(Name sink, String kind, boolean paused, long behind, Duration oldest, long deadLetters) {}

    /// @param at when the sink refused it
    record Refused(Place place, Instant at, String reason) {}

    /// @param next where the next page begins, opaque; empty after the last page
    record Page(List<Refused> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
