package io.muster.core.telemetry;

/// Takes the messages of devices. Called by any number of threads, each of them virtual.
public interface Telemetry {

    /// Returns when the message is durable: a device is told that it may forget a message of QoS 1 after that, and not
    /// before. Blocks while there is too much to take. A message that is sent again is taken again.
    ///
    /// @throws TelemetryUnavailable when it cannot be taken now
    void accept(Message message);
}
