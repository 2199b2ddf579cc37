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

    /// Below this rate the machine is busy with other things, and time alone does not warm a JVM.
    private static final int WARMUP_LEAST_PER_SECOND = 400;

    private static final int WARMUP_STRETCH = 4;

    /// Devices without which a warm-up goes on.
    long warmupLeast() {
        return warmup.toSeconds() * WARMUP_LEAST_PER_SECOND;
    }

    /// The end of a warm-up that gets nowhere.
    Duration warmupAtMost() {
        return warmup.multipliedBy(WARMUP_STRETCH);
    }

    /// Devices that are made for the warm-up; when they are used up, they come again.
    int warmupDevices() {
        return (int) Math.max(1, warmup.toSeconds() * WARMUP_DEVICES_PER_SECOND);
    }
}
