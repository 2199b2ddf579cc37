package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Contest;
import io.muster.core.policy.Snapshot;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An identity key that is in two places at once is an event.
class TwoPlacesTest {

    private static final String CODE = "identity_key_contested";
    private static final RegistrationId PUMP_2 = Sample.id("pump-2");

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);

    @Test
    void a_key_that_comes_under_another_name_is_refused_and_told_where_the_device_is() {
        knock(Sample.PUMP_1, "192.0.2.7");
        Outcome outcome = knock(PUMP_2, "198.51.100.4");

        assertThat(((Outcome.Refused) outcome).refusal()).isEqualTo(new Refusal.IdentityKeyTaken());
        Contest contest = house.ledger.contests().raised().getFirst();
        assertThat(contest.here().name()).isEqualTo(PUMP_2);
        assertThat(contest.here().source()).isEqualTo("198.51.100.4");
        assertThat(contest.before())
                .hasValueSatisfying(it -> assertThat(it.source()).isEqualTo("192.0.2.7"));
        assertThat(device().version()).isEqualTo(2);
        assertThat(newest(Sample.PUMP_1)).satisfies(it -> {
            assertThat(it.code()).isEqualTo(CODE);
            assertThat(it.result()).isEqualTo(Attempt.Result.REFUSED);
            assertThat(it.trace().getLast().input()).isEqualTo("pump-2 from 198.51.100.4");
        });
    }

    @Test
    void who_came_under_the_other_name_leaves_nothing_of_the_device_in_its_trace() {
        knock(Sample.PUMP_1, "192.0.2.7");
        knock(PUMP_2, "198.51.100.4");
        Attempt refused = newest(PUMP_2);
        assertThat(refused.code()).isEqualTo("identity_key_taken");
        assertThat(refused.trace().getLast().code()).isEqualTo(CODE);
        assertThat(refused.trace())
                .noneMatch(check ->
                        check.toString().contains("pump-1") || check.toString().contains("192.0.2.7"));
    }

    @Test
    void one_event_in_ten_minutes_is_enough_however_often_it_happens() {
        knock(Sample.PUMP_1, "192.0.2.7");
        for (int i = 0; i < 20; i++) {
            knock(Sample.id("copy-" + i), "198.51.100.4");
            assertThat(newest(Sample.id("copy-" + i)).trace().getLast().code()).isEqualTo(CODE);
        }
        assertThat(house.ledger.contests().raised()).hasSize(1);
        assertThat(device().version()).isEqualTo(2);
        house.clock.forward(Duration.ofMinutes(11));
        knock(PUMP_2, "198.51.100.4");
        assertThat(house.ledger.contests().raised()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 198.51.100.4, 1",
        "192.0.2.7, 192.0.3.7, 1",
        "192.0.2.7, 192.0.2.200, 0",
        "2001:db8:1::7, 2001:db8:2::7, 1",
        "2001:db8:1::7, 2001:db8:1:ffff::7, 0",
        "fe80:0:0:0:0:0:0:1%eth0, fe80:0:0:0:0:0:0:2%eth1, 0",
        "192.0.2.7, 2001:db8:1::7, 0",
        "192.0.2.7, somewhere, 0",
        "'', 192.0.2.7, 0"
    })
    void a_device_is_in_two_places_when_it_comes_from_two_networks(String first, String second, int events) {
        knock(Sample.PUMP_1, first);
        Outcome outcome = knock(Sample.PUMP_1, second);
        assertThat(((Outcome.Enrolled) outcome).change()).isEqualTo(Change.UNCHANGED);
        assertThat(house.ledger.contests().raised()).hasSize(events);
        assertThat(device().version()).isEqualTo(1 + events);
        List<String> codes =
                newest(Sample.PUMP_1).trace().stream().map(Check::code).toList();
        assertThat(codes.contains(CODE)).isEqualTo(events == 1);
    }

    @Test
    void a_device_that_moves_in_its_own_time_is_in_one_place() {
        knock(Sample.PUMP_1, "192.0.2.7");
        house.clock.forward(Duration.ofMinutes(11));
        knock(Sample.PUMP_1, "198.51.100.4");
        assertThat(house.ledger.contests().raised()).isEmpty();
    }

    @Test
    void a_device_that_gets_a_certificate_from_another_network_gets_it_and_the_event() {
        knock(Sample.PUMP_1, "192.0.2.7");
        Outcome outcome = house.enroll.enroll(Sample.asking(from(Sample.PUMP_1, "198.51.100.4"), Sample.csr("op-1")));
        assertThat(((Outcome.Enrolled) outcome).issued()).isPresent();
        assertThat(house.ledger.contests().raised()).hasSize(1);
        assertThat(device().version()).isEqualTo(3);
    }

    @Test
    void a_device_that_changes_meanwhile_is_read_again() {
        knock(Sample.PUMP_1, "192.0.2.7");
        house.ledger.contests().interfere(() -> house.ledger.put(device().next()));
        Outcome outcome = knock(Sample.PUMP_1, "198.51.100.4");
        assertThat(outcome).isInstanceOf(Outcome.Enrolled.class);
        assertThat(house.ledger.contests().raised()).hasSize(1);
    }

    @Test
    void a_try_that_waited_raises_the_event_when_it_is_decided() {
        knock(Sample.PUMP_1, "192.0.2.7");
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock"));
        assertThat(knock(PUMP_2, "198.51.100.4")).isInstanceOf(Outcome.Deferred.class);
        assertThat(house.ledger.contests().raised()).isEmpty();
        house.ledger.clock(new Snapshot.Clock.Trusted());
        house.drain.once();
        assertThat(house.ledger.contests().raised())
                .singleElement()
                .satisfies(it -> assertThat(it.here().source()).isEqualTo("198.51.100.4"));
    }

    private Outcome knock(RegistrationId name, String source) {
        return house.enroll.enroll(from(name, source));
    }

    private static EnrollmentRequest from(RegistrationId name, String source) {
        EnrollmentRequest it = Sample.request(name, "red", "k1");
        return new EnrollmentRequest(it.door(), it.scope(), it.registrationId(), it.evidence(), it.payload(), source);
    }

    private Attempt newest(RegistrationId name) {
        return house.ledger.of(Sample.ACME.name(), name, 1).getFirst();
    }

    private Device device() {
        return house.ledger.devices().stream()
                .filter(it -> it.registrationId().equals(Sample.PUMP_1))
                .findFirst()
                .orElseThrow();
    }
}
