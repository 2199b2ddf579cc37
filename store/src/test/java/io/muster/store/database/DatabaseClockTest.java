package io.muster.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final DatabaseClock clock = new DatabaseClock(START.toEpochMilli(), 0, nanos::get);

    @Test
    void time_goes_on_between_two_readings() {
        nanos.set(Duration.ofHours(1).toNanos());
        assertThat(clock.offDatabase(START.plus(Duration.ofHours(1)))).isEmpty();
        assertThat(clock.offDatabase(START)).contains(Duration.ofHours(-1));
    }

    @Test
    void five_minutes_are_tolerated_and_not_more() {
        assertThat(clock.offDatabase(START.plusSeconds(300))).isEmpty();
        assertThat(clock.offDatabase(START.plusSeconds(301))).contains(Duration.ofSeconds(301));
        assertThat(clock.offDatabase(START.minusSeconds(301))).contains(Duration.ofSeconds(-301));
        clock.read(START.minusSeconds(301).toEpochMilli());
        assertThat(clock.offDatabase(START.minusSeconds(301))).isEmpty();
    }

    @Test
    void the_newest_commit_is_a_floor() {
        clock.committed(START.plusSeconds(100));
        clock.committed(START.plusSeconds(50));
        assertThat(clock.behindNewestCommit(START.plusSeconds(98))).isEmpty();
        assertThat(clock.behindNewestCommit(START.plusSeconds(90))).contains(Duration.ofSeconds(-10));
    }
}
