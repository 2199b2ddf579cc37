package io.muster.core.ledger;

import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Place;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The ledger's entries on their way to sinks: of each sink it is known how far it came in each lane. Throws
/// [LedgerUnavailable] as the ledger does.
public interface Outbox {

    /// Says that there is such a sink; a new one begins at the first entry.
    ///
    /// @param kind for people, such as `file`
    void introduce(Name sink, String kind);

    /// Takes a sink's turn, for a few seconds of the database's time: one node at a time feeds it. Empty while another
    /// node has it, or it is paused.
    Optional<Turn> take(Name sink);

    /// The next entries for the sink, about `most`: of each device in the order of its versions, whatever node wrote
    /// them. Empty when the turn is over: it is paused, replayed, or another node's.
    Optional<Window> read(Turn turn, int most);

    /// The sink holds all of a window but its dead letters, and the turn goes on. False when the turn was over: the
    /// next one tells the same again.
    boolean passed(Turn turn, Window window, List<DeadLetter> dead);

    /// Keeps the turn while nothing is passed. False when it is over.
    boolean hold(Turn turn);

    /// Lets another node have the turn at once.
    void giveBack(Turn turn);

    /// How many times something was written here; for [#await].
    long beat();

    /// Returns when this node wrote something after that beat, when [#wake] is called, or after `most`.
    void await(long beat, Duration most);

    /// Ends every wait.
    void wake();

    /// @param number raised by each turn and each replay: what an earlier turn writes counts no more
    record Turn(Name sink, long number) {}

    /// @param told the events, in order
    /// @param dead entries that cannot be told at all
    /// @param stretches how far the window reaches
    record Window(List<Told> told, List<DeadLetter> dead, List<Stretch> stretches) {
        public Window {
            told = List.copyOf(told);
            dead = List.copyOf(dead);
            stretches = List.copyOf(stretches);
        }

        public boolean isEmpty() {
            return stretches.isEmpty();
        }
    }

    record Told(Place place, Event event) {}

    /// What a sink can never take.
    ///
    /// @param reason in words, with nothing secret
    record DeadLetter(Place place, String reason) {}

    /// Entries of a lane: those after one, up to another.
    record Stretch(int lane, long after, long upTo) {}
}
