package io.muster.core.access;

import io.muster.core.device.Bytes;

/// Remembers for a day what a principal was answered under a key of its own choice, so that a request that is sent
/// again is not carried out again. Answers lie sealed. Throws [io.muster.core.ledger.LedgerUnavailable] where the store
/// cannot be reached. Called by any number of threads on any number of nodes.
public interface Repeats {

    /// Longest key, in characters.
    int MAX_KEY_LENGTH = 128;

    /// Begins a request: of several at once, one is the first.
    ///
    /// @param digest of all that the request says
    Begun begin(String principal, String key, Bytes digest);

    /// Ends what [#begin] called the first, with its answer.
    void answered(String principal, String key, Bytes answer);

    /// Ends what [#begin] called the first as if it had never been sent.
    void forget(String principal, String key);

    /// What there is under the key.
    sealed interface Begun {

        /// Nothing: the request is to be carried out. A first one whose node died is followed by another after two
        /// minutes.
        record First() implements Begun {}

        /// The same request, and its answer.
        record Answered(Bytes answer) implements Begun {}

        /// The same request; its answer is not there yet.
        record InProgress() implements Begun {}

        /// Another request.
        record Different() implements Begun {}
    }
}
