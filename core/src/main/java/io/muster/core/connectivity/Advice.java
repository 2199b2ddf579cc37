package io.muster.core.connectivity;

import io.muster.core.device.Json;
import java.util.Map;
import java.util.Optional;

/// What came of asking a hook. What it says is not believed yet.
public sealed interface Advice {

    /// Put the device on the hub of that host.
    ///
    /// @param payload an object for the device, in place of the enrollment's
    record Host(String host, Optional<Json> payload) implements Advice {}

    /// The device may be made.
    ///
    /// @param overrides values in place of what it sends
    record Allowed(Map<String, String> overrides) implements Advice {
        public Allowed {
            overrides = Map.copyOf(overrides);
        }
    }

    /// It may not.
    record Denied() implements Advice {}

    /// The hook gave no answer, or none that is understood.
    ///
    /// @param why what happened, to be read after "The hook": no secret, nothing of the answer
    record Failed(String why) implements Advice {}

    /// It was not asked: too many are, at this moment.
    record Busy(String why) implements Advice {}
}
