package io.muster.fleet.dps;

import io.muster.fleet.device.Device;
import java.time.Duration;

/// How the registration of one device ended.
///
/// @param device  which one
/// @param ending  how
/// @param latency from its arrival (in an open-loop run: from the moment at which it was due) to the verified answer
public record Registration(Device device, Ending ending, Duration latency) {}
