package io.muster.fleet.channel;

import java.time.Duration;

/// What an answer means for the device that got it.
///
/// @param <E> the ways in which its errand ends
public sealed interface Judgment<E> {

    /// It is over.
    record Final<E>(E ending) implements Judgment<E> {}

    /// Ask again for this operation after the pause.
    record Deferred<E>(String operationId, Duration pause) implements Judgment<E> {}

    /// The server cannot serve now: try again if there are tries left, else this is the end.
    record Unavailable<E>(E lastWord) implements Judgment<E> {}
}
