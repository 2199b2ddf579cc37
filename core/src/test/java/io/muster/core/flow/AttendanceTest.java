package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Admitted;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Parting;
import io.muster.core.door.Stay;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Presence;
import io.muster.core.permission.Rights;
import io.muster.core.testkit.MemoryPresences;
import io.muster.core.testkit.Sample;
import io.muster.core.testkit.SetClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttendanceTest {

    private final MemoryPresences presences = new MemoryPresences();
    private final SetClock clock = new SetClock();
    private final Attendance attendance = new Attendance(presences, clock);

    @Test
    void a_device_is_connected_from_its_network_until_it_leaves_and_is_told_why() {
        Admitted.Known pump = known("pump-1", "192.0.2.77");
        Stay stay = attendance.come(pump);
        attendance.keep();
        assertThat(presences.of(pump.device()))
                .contains(new Presence(
                        "hub-mqtt", Optional.of("192.0.2.0/24"), Sample.NOW, Sample.NOW, Optional.empty()));
        clock.forward(Duration.ofMinutes(1));
        stay.heard();
        clock.forward(Duration.ofMinutes(1));
        stay.leave(Parting.SILENT);
        stay.leave(Parting.LOST);
        attendance.keep();
        assertThat(presences.of(pump.device()))
                .contains(new Presence(
                        "hub-mqtt",
                        Optional.of("192.0.2.0/24"),
                        Sample.NOW.plusSeconds(120),
                        Sample.NOW.plusSeconds(60),
                        Optional.of(Parting.SILENT)));
        assertThat(attendance.byDoor()).isEqualTo(Map.of("hub-mqtt", 0));
    }

    @Test
    void the_network_of_an_address_is_as_coarse_as_a_site() {
        assertThat(SourceNetwork.words("2001:db8:1:2::3")).contains("2001:db8:1::/48");
        assertThat(SourceNetwork.words("203.0.113.9")).contains("203.0.113.0/24");
        assertThat(SourceNetwork.words("nowhere")).isEmpty();
    }

    @Test
    void a_device_with_two_connections_is_gone_when_both_are() {
        Admitted.Known pump = known("pump-1", "192.0.2.77");
        Stay one = attendance.come(pump);
        Stay other = attendance.come(pump);
        one.leave(Parting.TAKEN_OVER);
        attendance.keep();
        assertThat(presences.of(pump.device()).orElseThrow().connected()).isTrue();
        assertThat(attendance.byDoor()).containsEntry("hub-mqtt", 1);
        other.leave(Parting.LEFT);
        attendance.keep();
        assertThat(presences.of(pump.device()).orElseThrow().connected()).isFalse();
    }

    @Test
    void a_storm_of_ten_thousand_that_come_and_go_is_a_few_transactions() {
        List<Admitted.Known> fleet = IntStream.range(0, 10_000)
                .mapToObj(i -> known("pump-" + i, "192.0.2.77"))
                .toList();
        for (int round = 0; round < 3; round++) {
            fleet.forEach(it -> attendance.come(it).leave(Parting.LOST));
        }
        fleet.forEach(attendance::come);
        keepAll();
        assertThat(presences.batches()).hasSize(10).allSatisfy(batch -> assertThat(batch)
                .hasSize(Attendance.BATCH)
                .allSatisfy(it ->
                        assertThat(it.presence().connected() && it.arrival()).isTrue()));
    }

    @Test
    void what_cannot_be_kept_is_kept_later_and_what_came_meanwhile_wins() {
        Admitted.Known pump = known("pump-1", "192.0.2.77");
        Stay stay = attendance.come(pump);
        presences.away(true);
        assertThatThrownBy(attendance::keep).isInstanceOf(LedgerUnavailable.class);
        stay.leave(Parting.LEFT);
        presences.away(false);
        keepAll();
        assertThat(presences.batches()).hasSize(1);
        assertThat(presences.batches().getFirst()).singleElement().satisfies(it -> {
            assertThat(it.arrival()).as("that it came was never kept").isTrue();
            assertThat(it.presence().parting()).contains(Parting.LEFT);
        });
    }

    @Test
    void while_a_device_stays_the_node_signs_that_it_is_alive_and_now_and_then_that_it_was_heard() {
        Admitted.Known pump = known("pump-1", "192.0.2.77");
        Stay stay = attendance.come(pump);
        keepAll();
        assertThat(attendance.keep()).isFalse();
        assertThat(presences.batches()).hasSize(1);
        clock.forward(Attendance.SIGN);
        attendance.keep();
        assertThat(presences.batches()).hasSize(2);
        assertThat(presences.batches().getLast()).isEmpty();
        clock.forward(Attendance.SEEN);
        stay.heard();
        attendance.keep();
        assertThat(presences.of(pump.device()).orElseThrow().lastSeen()).isAfter(Sample.NOW);
        assertThat(presences.batches().getLast()).singleElement().satisfies(it -> assertThat(it.arrival())
                .isFalse());
    }

    private void keepAll() {
        boolean more = true;
        while (more) {
            more = attendance.keep();
        }
    }

    private static Admitted.Known known(String name, String source) {
        RegistrationId id = RegistrationId.parse(name).orElseThrow();
        Device sample = Sample.pump1(Sample.EU_1);
        Device device = new Device(
                DeviceId.random(),
                sample.tenant(),
                id,
                name,
                1,
                sample.state(),
                sample.origin(),
                sample.type(),
                sample.identityKeys(),
                sample.assignment(),
                Optional.empty(),
                Sample.NOW,
                Sample.NOW);
        EnrollmentRequest proof =
                new EnrollmentRequest("hub-mqtt", Optional.of("acme"), id, List.of(), Optional.empty(), source);
        return new Admitted.Known(device, proof, new Rights.OwnTopics(name));
    }
}
