package io.muster.fleet.channel;

import java.time.Duration;

/// How long a device waits and how often it tries.
///
/// @param tries       attempts per device, the first included; the published SDKs make one
/// @param firstPause  pause before the second attempt; it doubles with each further one
/// @param longestPause where the doubling ends
/// @param perRequest  time for one request with its connection and handshake
/// @param polls       how often a deferred device asks before it gives up
public record Patience(int tries, Duration firstPause, Duration longestPause, Duration perRequest, int polls) {

    public Patience {
        if (tries < 1 || polls < 1 || !perRequest.isPositive()) {
            throw new IllegalArgumentException("tries, polls and perRequest must be positive");
        }
    }

    /// As the published SDKs: one attempt, 30 s for a request.
    public static Patience once() {
        return new Patience(1, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(30), 30);
    }

    /// For drills in which the server dies: `tries` attempts, pauses from 100 ms to 2 s.
    public static Patience tries(int tries) {
        return new Patience(tries, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(30), 30);
    }

    /// The same with another time for one request.
    public Patience within(Duration request) {
        return new Patience(tries, firstPause, longestPause, request, polls);
    }

    /// How long to wait after so many failures.
    public Duration pauseAfter(int failures) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
