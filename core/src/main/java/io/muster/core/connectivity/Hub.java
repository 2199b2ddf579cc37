package io.muster.core.connectivity;

import io.muster.core.device.Device.Assignment;
import io.muster.core.device.Name;

/// A place where devices connect.
///
/// @param weight share of new devices relative to the other hubs, 1 to 1000; at 0 no device is hashed here
/// @param enabled a disabled hub takes no device, and devices on it are placed anew when they enroll again
public record Hub(Name tenant, Name name, Name region, HubEndpoint endpoint, int weight, boolean enabled) {

    /// Largest weight.
    public static final int MAX_WEIGHT = 1000;

    /// The assignment that puts a device here.
    public Assignment assignment() {
        return new Assignment(name, region, endpoint.uri());
    }
}
