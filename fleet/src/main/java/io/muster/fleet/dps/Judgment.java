package io.muster.fleet.dps;

import java.time.Duration;

/// What an answer means for the device that got it.
public sealed interface Judgment {

    /// It is over.
    record Final(Ending ending) implements Judgment {}

    /// Ask again for this operation after the pause.
    record Deferred(String operationId, Duration pause) implements Judgment {}

    /// The server cannot serve now: try again if there are tries left, else this is the end.
    record Unavailable(Ending.Refused refusal) implements Judgment {}
}
