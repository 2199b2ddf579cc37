package io.muster.fleet.bench;

import java.time.Duration;

/// What is to be measured of the relay.
///
/// @param load    how many devices enroll first, and the warm-up before
/// @param replays how often everything is told again
/// @param rate    enrollments a second while events are timed
/// @param timed   how long that lasts
record RelayPlan(Load load, SinkKind sink, int replays, double rate, Duration timed) {

    int timedDevices() {
        return (int) Math.ceil(rate * timed.toMillis() / 1000);
    }
}
