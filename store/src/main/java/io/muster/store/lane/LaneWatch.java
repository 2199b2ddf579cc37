package io.muster.store.lane;

/// Hears how the writer fares. It is called on the writer's thread after each transaction: it answers at once and
/// throws nothing.
@FunctionalInterface
public interface LaneWatch {

    /// Hears nothing.
    LaneWatch NOBODY = batch -> {};

    /// A batch is durable.
    void wrote(Batch batch);

    /// @param acts how many were in it
    /// @param conflicts how many of them wrote nothing because what they rested on had moved
    /// @param nanos from the transaction's first statement to the answer of COMMIT, with all its tries
    record Batch(int acts, int conflicts, long nanos) {}
}
