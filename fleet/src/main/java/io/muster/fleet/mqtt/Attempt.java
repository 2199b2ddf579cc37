package io.muster.fleet.mqtt;

/// What came of one try.
///
/// @param <E> the ways in which the errand ends
public sealed interface Attempt<E> {

    /// It is over.
    record Done<E>(E ending) implements Attempt<E> {}

    /// Try again if there are tries left, else this is the end.
    record Failed<E>(E lastWord) implements Attempt<E> {}
}
