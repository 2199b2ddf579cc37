package io.muster.core.door;

/// A connection that was let in and lasts. While this is open, the connection is watched over.
public interface Stay extends AutoCloseable {

    /// The connection has ended. Closing again does nothing.
    @Override
    void close();
}
