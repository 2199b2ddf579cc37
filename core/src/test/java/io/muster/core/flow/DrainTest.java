package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Json;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Operation;
import io.muster.core.policy.Snapshot;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final Snapshot.Clock WRONG =
            new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock");
    private static final Snapshot.Clock RIGHT = new Snapshot.Clock.Trusted();
    private static final EnrollmentRequest PUMP_1 =
            Sample.saying(Sample.request(Sample.PUMP_1, "red", "k1"), "{\"fw\":1}");

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);

    @Test
    void what_an_untrusted_clock_held_is_carried_out_when_the_clock_is_right() {
        OperationId id = defer(PUMP_1);
        house.ledger.clock(RIGHT);
        assertThat(house.drain.once()).isEqualTo(1);
        assertThat(house.enroll.status(PUMP_1, id)).isInstanceOfSatisfying(Outcome.Enrolled.class, it -> {
            assertThat(it.change()).isEqualTo(Change.INITIAL);
            assertThat(it.device().payload()).contains(new Json("{\"fw\":1}"));
            assertThat(it.device().identityKeys()).containsExactly(Sample.key("k1"));
        });
        assertThat(house.drain.once()).isZero();
        assertThat(house.ledger.devices()).hasSize(1);
    }

    @Test
    void while_the_clock_is_wrong_the_operation_waits() {
        OperationId id = defer(PUMP_1);
        house.drain.once();
        assertThat(house.operations.postponements()).hasSize(1);
        assertThat(house.enroll.status(PUMP_1, id)).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void the_trace_says_that_the_evidence_was_checked_when_the_request_came() {
        defer(PUMP_1);
        house.ledger.clock(RIGHT);
        house.drain.once();
        Act act = house.ledger.acts().getFirst();
        assertThat(act.attempt().trace().getFirst().code()).isEqualTo("deferred");
        assertThat(act.attempt().code()).isEqualTo("initial");
        assertThat(act.attempt().door()).isEqualTo("test-door");
    }

    @Test
    void the_newest_version_of_the_enrollment_decides() {
        OperationId id = defer(PUMP_1);
        house.ledger.clock(RIGHT);
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();
        house.drain.once();
        assertThat(problem(id)).isEqualTo(Problem.of(new Refusal.EnrollmentDisabled("pumps")));
        assertThat(house.ledger.devices()).isEmpty();
    }

    @Test
    void an_operation_whose_enrollment_vanished_fails() {
        OperationId id = defer(PUMP_1);
        house.ledger.clock(RIGHT);
        house.roster.publish(Sample.group("others", "blue")).refresh();
        house.drain.once();
        assertThat(problem(id)).isEqualTo(Problem.of(new Refusal.NotEnrolled()));
    }

    @Test
    void an_enrollment_that_this_node_has_not_seen_yet_has_not_vanished() {
        house.roster.publish(Sample.PUMPS, Sample.group("late", "green")).refresh();
        EnrollmentRequest late = Sample.request(Sample.id("late-1"), "green", "k7");
        OperationId id = defer(late);
        Gatehouse other = new Gatehouse();
        other.operations.defer(
                house.operations.all().getFirst(), house.ledger.attempts().getFirst());
        other.roster.publish(Sample.PUMPS, Sample.group("late", "green"));
        other.drain.once();
        assertThat(other.operations.all()).singleElement().satisfies(operation -> {
            assertThat(operation.id()).isEqualTo(id);
            assertThat(operation.state()).isEqualTo(new Operation.State.Done(Change.INITIAL));
        });
    }

    @Test
    void a_conflict_lets_the_operation_wait_and_refreshes_a_stale_roster() {
        OperationId id = defer(PUMP_1);
        house.ledger.clock(RIGHT);
        house.roster.publish(Sample.PUMPS);
        int refreshes = house.roster.refreshes();
        house.drain.once();
        assertThat(house.roster.refreshes()).isEqualTo(refreshes + 1);
        assertThat(house.operations.postponements()).hasSize(1);
        house.drain.once();
        assertThat(house.enroll.status(PUMP_1, id)).isInstanceOf(Outcome.Enrolled.class);
    }

    @Test
    void a_device_that_enrolled_meanwhile_ends_its_operation_unchanged() {
        OperationId id = defer(PUMP_1);
        house.ledger.clock(RIGHT);
        house.enroll.enroll(PUMP_1);
        house.drain.once();
        assertThat(house.ledger.devices()).hasSize(1);
        assertThat(house.enroll.status(PUMP_1, id))
                .isInstanceOfSatisfying(
                        Outcome.Enrolled.class, it -> assertThat(it.change()).isEqualTo(Change.UNCHANGED));
    }

    @Test
    void two_devices_with_one_key_get_one_device() {
        OperationId first = defer(PUMP_1);
        EnrollmentRequest twin = Sample.request(Sample.id("pump-2"), "red", "k1");
        OperationId second = defer(twin);
        house.ledger.clock(RIGHT);
        house.drain.once();
        assertThat(house.enroll.status(PUMP_1, first)).isInstanceOf(Outcome.Enrolled.class);
        assertThat(house.operations.find(Sample.ACME.name(), twin.registrationId(), second))
                .hasValueSatisfying(it -> assertThat(it.state())
                        .isEqualTo(new Operation.State.Failed(Problem.of(new Refusal.IdentityKeyTaken()))));
    }

    @Test
    void a_fault_in_one_operation_leaves_the_others_alone() {
        OperationId first = defer(PUMP_1);
        EnrollmentRequest next = Sample.request(Sample.id("pump-2"), "red", "k2");
        OperationId second = defer(next);
        house.ledger.clock(RIGHT);
        house.ledger.interfere(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(house.drain.once()).isEqualTo(2);
        assertThat(house.enroll.status(next, second)).isInstanceOf(Outcome.Enrolled.class);
        assertThat(house.enroll.status(PUMP_1, first)).isInstanceOf(Outcome.Deferred.class);
        house.drain.once();
        assertThat(house.enroll.status(PUMP_1, first)).isInstanceOf(Outcome.Enrolled.class);
    }

    @Test
    void a_ledger_that_goes_down_stops_the_batch() {
        defer(PUMP_1);
        house.ledger.clock(RIGHT);
        house.ledger.interfere(() -> house.ledger.reachable(false));
        assertThatThrownBy(house.drain::once).isInstanceOf(LedgerUnavailable.class);
        assertThat(house.ledger.devices()).isEmpty();
    }

    @Test
    void a_batch_is_bounded() {
        for (int i = 0; i < Drain.BATCH + 3; i++) {
            defer(Sample.request(Sample.id("pump-" + i), "red", "key-" + i));
        }
        house.ledger.clock(RIGHT);
        assertThat(List.of(house.drain.once(), house.drain.once(), house.drain.once()))
                .containsExactly(Drain.BATCH, 3, 0);
        assertThat(house.ledger.devices()).hasSize(Drain.BATCH + 3);
    }

    private OperationId defer(EnrollmentRequest request) {
        house.ledger.clock(WRONG);
        Outcome outcome = house.enroll.enroll(request);
        assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
        return ((Outcome.Deferred) outcome).operation();
    }

    private Problem problem(OperationId id) {
        return house.operations
                .find(Sample.ACME.name(), Sample.PUMP_1, id)
                .map(Operation::state)
                .filter(state -> state instanceof Operation.State.Failed)
                .map(state -> ((Operation.State.Failed) state).problem())
                .orElseThrow();
    }
}
