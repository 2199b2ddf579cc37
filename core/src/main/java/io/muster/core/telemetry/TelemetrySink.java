package io.muster.core.telemetry;

import io.muster.core.device.Name;
import java.util.Optional;

/// Another system that keeps messages. Called by any number of threads, each of them virtual.
public interface TelemetrySink {

    Name name();

    /// Hands a message over, so that several sinks work on it at once; blocks while there is too much to take. Of
    /// messages of one device that are handed over one after the other, the earlier one comes first.
    ///
    /// @throws TelemetryUnavailable when it cannot be taken now
    Delivery begin(Outgoing message);

    /// A message that was handed over.
    @FunctionalInterface
    interface Delivery {

        /// Waits until the sink has it durably.
        ///
        /// @return empty, or why this sink can never take this message
        /// @throws TelemetryUnavailable when it cannot be taken now
        Optional<String> await();
    }
}
