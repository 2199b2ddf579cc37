package io.muster.core.door;

/// A connection that was let in and lasts. Until it is left, the connection is watched over.
public interface Stay {

    /// Something came from the device. Costs nothing worth counting.
    void heard();

    /// The connection has ended. Leaving again does nothing.
    void leave(Parting parting);
}
