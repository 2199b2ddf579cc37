package io.muster.fleet.bench;

import java.time.Duration;

/// How much a measurement takes.
///
/// @param devices     devices of the measured run
/// @param warmup      time before it, in which other devices come
/// @param concurrency the most devices at one time
record Load(int devices, Duration warmup, int concurrency) {

    /// Faster than one core serves, so that a warm-up seldom sees a device twice.
    private static final int WARMUP_DEVICES_PER_SECOND = 1500;

    /// Devices that are made for the warm-up; when they are used up, they come again.
    int warmupDevices() {
        return (int) Math.max(1, warmup.toSeconds() * WARMUP_DEVICES_PER_SECOND);
    }
}
