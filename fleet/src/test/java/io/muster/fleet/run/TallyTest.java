package io.muster.fleet.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Registration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void every_ending_is_counted_once() {
        ends("a", new Ending.Enrolled("a", "eu-1"));
        ends("b", new Ending.Reenrolled("b", "eu-2"));
        ends("c", new Ending.Refused(401, "401002", "no"));
        ends("d", new Ending.Lost("closed"));
        ends("e", new Ending.Enrolled("e", "eu-1"));

        FleetSummary summary = tally.summary(Duration.ofSeconds(2));

        assertThat(summary.devices()).isEqualTo(5);
        assertThat(summary.enrolled()).isEqualTo(2);
        assertThat(summary.reenrolled()).isEqualTo(1);
        assertThat(summary.refused()).isEqualTo(1);
        assertThat(summary.lost()).isEqualTo(1);
        assertThat(summary.duplicates()).isZero();
        assertThat(summary.perSecond()).isEqualTo(1.5);
        assertThat(summary.hubs()).isEqualTo(Map.of("eu-1", 2L, "eu-2", 1L));
        assertThat(summary.reasons()).isEqualTo(Map.of("refused: 401 401002", 1L, "lost: closed", 1L));
    }

    @Test
    void percentiles_are_those_of_the_assigned() {
        for (int i = 1; i <= 1000; i++) {
            tally.add(new Registration(device("d-" + i), new Ending.Enrolled("d-" + i, "eu-1"), Duration.ofMillis(i)));
        }
        tally.add(new Registration(device("late"), new Ending.Lost("x"), Duration.ofMinutes(1)));

        FleetSummary summary = tally.summary(Duration.ofSeconds(1));

        assertThat(summary.p50Millis()).isCloseTo(500, within(1.0));
        assertThat(summary.p90Millis()).isCloseTo(900, within(1.0));
        assertThat(summary.p99Millis()).isCloseTo(990, within(1.0));
        assertThat(summary.p999Millis()).isCloseTo(999, within(1.0));
        assertThat(summary.maxMillis()).isCloseTo(1000, within(1.0));
    }

    @Test
    void one_device_id_for_two_devices_is_a_duplicate() {
        ends("a", new Ending.Enrolled("x", "eu-1"));
        ends("b", new Ending.Enrolled("x", "eu-1"));

        assertThat(tally.summary(Duration.ofSeconds(1)).duplicates()).isEqualTo(1);
    }

    @Test
    void two_device_ids_for_one_device_are_a_duplicate() {
        ends("a", new Ending.Enrolled("x", "eu-1"));
        ends("A", new Ending.Reenrolled("y", "eu-1"));

        assertThat(tally.summary(Duration.ofSeconds(1)).duplicates()).isEqualTo(1);
    }

    @Test
    void the_same_device_again_is_no_duplicate() {
        ends("a", new Ending.Enrolled("x", "eu-1"));
        ends("A", new Ending.Reenrolled("x", "eu-1"));

        assertThat(tally.summary(Duration.ofSeconds(1)).duplicates()).isZero();
    }

    @Test
    void nothing_at_all_has_a_summary_too() {
        FleetSummary summary = tally.summary(Duration.ZERO);

        assertThat(summary.devices()).isZero();
        assertThat(summary.perSecond()).isZero();
        assertThat(summary.p99Millis()).isZero();
    }

    private void ends(String name, Ending ending) {
        tally.add(new Registration(device(name), ending, Duration.ofMillis(1)));
    }

    private static SymmetricDevice device(String name) {
        return new SymmetricDevice(name, new byte[] {1});
    }
}
