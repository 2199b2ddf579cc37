package io.muster.core.door;

import io.muster.core.device.Device;
import java.util.Map;

/// What came of registering a device.
public sealed interface Registering {

    /// It is registered, durably, and its certificate may connect.
    ///
    /// @param configuration what the template hands to the device, flat
    record Registered(AttemptId attempt, Device device, Change change, Map<String, String> configuration)
            implements Registering {
        public Registered {
            configuration = Map.copyOf(configuration);
        }
    }

    /// @param attempt the number to quote
    record Refused(AttemptId attempt, Refusal refusal) implements Registering {}
}
