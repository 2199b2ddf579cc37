package io.muster.server.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A node's clock that goes as time does, by as much off as a test says.
public final class MovableClock implements InstantSource {

    private volatile Duration off = Duration.ZERO;

    /// From now on it is off by this much; positive is ahead.
    public void beOff(Duration amount) {
        off = amount;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(System.currentTimeMillis()).plus(off);
    }
}
