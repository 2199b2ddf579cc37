package io.muster.core.telemetry;

import io.muster.core.device.Bytes;

/// A message as other systems are told it, written once for all of them.
///
/// @param event the same in the form that goes out, without a line feed
public record Outgoing(Message message, Bytes event) {

    /// Speaks of a device: it is not printed.
    @Override
    public String toString() {
        return "a message of " + event;
    }
}
