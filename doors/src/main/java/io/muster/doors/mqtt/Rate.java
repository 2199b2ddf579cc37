package io.muster.doors.mqtt;

import java.util.concurrent.TimeUnit;

/// So many a second, and after a pause as many at once. What comes too early is let through and puts off what
/// follows.
final class Rate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long interval;
    private long due;

    /// @param now nanoseconds of a clock that only goes forward
    Rate(int perSecond, long now) {
        this.interval = SECOND / perSecond;
        this.due = now;
    }

    /// Takes one. How many nanoseconds the next one has to wait; 0 for none.
    long take(long now) {
        if (due - now < 0) {
            due = now;
        }
        due += interval;
        return Math.max(0, due - now - SECOND);
    }
}
