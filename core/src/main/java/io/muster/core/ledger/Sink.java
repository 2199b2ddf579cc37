package io.muster.core.ledger;

import java.util.List;

/// Another system that is told what happens to devices. One caller at a time.
public interface Sink {

    /// Gives it events, in this order; returns when it holds them durably, all but those that it can never take. It
    /// may be given the same again, with the same ids: after a crash, a lost answer, or a replay.
    ///
    /// @return those that it refuses for what they are, whenever they come: the others are not held up by them
    /// @throws SinkUnavailable when it may take them later; how many it holds already is not known then
    List<Poison> deliver(List<Event> events);

    /// @param reason in words, with nothing secret
    record Poison(Event event, String reason) {}
}
