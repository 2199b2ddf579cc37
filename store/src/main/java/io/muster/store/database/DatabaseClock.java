package io.muster.store.database;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// What this node knows of the right time: the database's clock as it was last read, carried on by the monotonic
/// clock, and the newest commit.
public final class DatabaseClock {

    /// How far the node's clock may be off the database's.
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /// How far it may lie behind the newest commit: clocks of nodes differ by a little.
    private static final Duration SLACK = Duration.ofSeconds(2);

    private record Reading(long databaseMillis, long nanos) {}

    private final LongSupplier nanoTime;
    private final AtomicLong newestCommit = new AtomicLong(Long.MIN_VALUE);
    private volatile Reading reading;

    /// @param newestCommit database time of the newest commit before the start
    public DatabaseClock(long databaseMillis, long newestCommit, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.reading = new Reading(databaseMillis, nanoTime.getAsLong());
        this.newestCommit.set(newestCommit);
    }

    /// Takes a fresh reading of the database's clock.
    public void read(long databaseMillis) {
        reading = new Reading(databaseMillis, nanoTime.getAsLong());
    }

    /// The database's time, as far as it can be told without asking.
    public Instant now() {
        Reading last = reading;
        return Instant.ofEpochMilli(last.databaseMillis() + (nanoTime.getAsLong() - last.nanos()) / 1_000_000);
    }

    /// Something of this time was committed.
    public void committed(Instant at) {
        newestCommit.accumulateAndGet(at.toEpochMilli(), Math::max);
    }

    /// How far a time lies off the database's clock, when that is too far; positive when it is ahead.
    public Optional<Duration> offDatabase(Instant now) {
        Duration offset = Duration.ofMillis(now.toEpochMilli() - now().toEpochMilli());
        return offset.abs().compareTo(TOLERANCE) > 0 ? Optional.of(offset) : Optional.empty();
    }

    /// How far a time lies behind the newest commit (negative), when it does.
    public Optional<Duration> behindNewestCommit(Instant now) {
        long newest = newestCommit.get();
        if (newest == Long.MIN_VALUE || now.plus(SLACK).toEpochMilli() >= newest) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(now.toEpochMilli() - newest));
    }
}
