package io.muster.store.lane;

/// What came of a piece of work.
public sealed interface Outcome {

    /// It is durable.
    record Written() implements Outcome {}

    /// Nothing was written: the roster that it rests on changed.
    record Stale(String what) implements Outcome {}

    /// Nothing was written: the device changed, or somebody else was faster.
    record Moved(String what) implements Outcome {}

    /// Nothing was written: this binding is another device's, or blocked.
    ///
    /// @param holder the state in which it is held
    record Held(BindingRow claim, short holder) implements Outcome {}

    /// Nothing was written: the token that it stands on has no use left for its key.
    record Spent() implements Outcome {}
}
