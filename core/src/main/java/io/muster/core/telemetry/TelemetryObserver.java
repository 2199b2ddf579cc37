package io.muster.core.telemetry;

import io.muster.core.device.Name;

/// Is told what becomes of messages. Called by any number of threads; it answers at once.
public interface TelemetryObserver {

    /// A message is kept, wherever it goes.
    ///
    /// @param nanos from its arrival here until it was durable in every sink
    void accepted(long nanos);

    /// A message was not taken: its device keeps it.
    void refused();

    /// A message went by this route.
    void routed(Name route);

    /// A sink has a message.
    ///
    /// @param bytes of the event
    void delivered(Name sink, int bytes);
}
