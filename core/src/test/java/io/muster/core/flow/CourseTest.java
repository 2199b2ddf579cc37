package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.flow.Course.Passage;
import io.muster.core.flow.Course.Purpose;
import io.muster.core.flow.Course.Step;
import io.muster.core.policy.Snapshot;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourseTest {

    private static final EnrollmentRequest PUMP_1 = Sample.request(Sample.PUMP_1, "red", "k1");

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);

    @Test
    void a_device_that_is_enrolled_takes_every_step_in_order() {
        Outcome outcome = house.enroll.enroll(PUMP_1);
        Course course = only();
        assertThat(course.purpose()).isEqualTo(Purpose.ENROLL);
        assertThat(course.door()).isEqualTo(PUMP_1.door());
        assertThat(course.code()).isEqualTo("initial");
        assertThat(course.tenant()).contains(Sample.PUMPS.tenant());
        assertThat(course.enrollment()).contains(Sample.PUMPS);
        assertThat(course.attempt()).contains(outcome.attempt());
        assertThat(house.observer.numbers).containsExactly(outcome.attempt());
        assertThat(steps(course)).containsExactly(Step.RECOGNIZE, Step.ATTEST, Step.LOOK, Step.DECIDE, Step.RECORD);
    }

    @Test
    void the_steps_lie_one_after_another_within_the_whole() {
        house.enroll.enroll(PUMP_1);
        Course course = only();
        long before = course.beganNanos();
        for (Passage passage : course.passages()) {
            assertThat(passage.startNanos()).isGreaterThanOrEqualTo(before);
            assertThat(passage.endNanos()).isGreaterThanOrEqualTo(passage.startNanos());
            before = passage.endNanos();
        }
        assertThat(course.endNanos()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void a_decision_that_is_made_again_takes_its_steps_again() {
        house.ledger.interfere(() -> house.enroll.enroll(PUMP_1));
        house.enroll.enroll(PUMP_1);
        Course late = house.observer.courses.getLast();
        assertThat(late.code()).isEqualTo("unchanged");
        assertThat(steps(late)).containsSubsequence(Step.RECORD, Step.RECOGNIZE, Step.RECORD);
    }

    @Test
    void a_stranger_has_a_tenant_and_no_enrollment() {
        house.enroll.enroll(Sample.request(Sample.PUMP_1, "wrong", "k1"));
        Course course = only();
        assertThat(course.code()).isEqualTo("token_signature_wrong");
        assertThat(course.tenant()).contains(Sample.PUMPS.tenant());
        assertThat(course.enrollment()).isEmpty();
        assertThat(steps(course)).containsExactly(Step.RECOGNIZE, Step.ATTEST);
    }

    @Test
    void whoever_names_no_tenant_of_ours_has_none() {
        house.enroll.enroll(new EnrollmentRequest(
                "test-door",
                Optional.of("elsewhere"),
                Sample.PUMP_1,
                PUMP_1.evidence(),
                Optional.empty(),
                "192.0.2.7"));
        Course course = only();
        assertThat(course.code()).isEqualTo("unknown_tenant");
        assertThat(course.tenant()).isEmpty();
    }

    @Test
    void what_a_door_turns_away_is_heard_of_once() {
        house.enroll.turnAway("test-door", new Refusal.MalformedRegistrationId(), "192.0.2.7");
        assertThat(only().purpose()).isEqualTo(Purpose.UNREADABLE);
        assertThat(only().code()).isEqualTo("malformed_registration_id");
        assertThat(only().door()).isEqualTo("test-door");
    }

    @Test
    void a_question_is_no_attempt() {
        house.enroll.lookUp(PUMP_1);
        house.enroll.status(PUMP_1, OperationId.random());
        assertThat(house.observer.courses).extracting(Course::purpose).containsExactly(Purpose.LOOK_UP, Purpose.STATUS);
    }

    @Test
    void a_deferred_try_is_heard_of_again_when_it_is_carried_out() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(10), "the database's clock"));
        house.enroll.enroll(PUMP_1);
        house.ledger.clock(new Snapshot.Clock.Trusted());
        house.drain.once();
        assertThat(house.observer.courses).extracting(Course::code).containsExactly("deferred", "initial");
        assertThat(house.observer.courses.getLast().purpose()).isEqualTo(Purpose.DEFERRED);
        assertThat(house.observer.courses.getLast().enrollment()).contains(Sample.PUMPS);
    }

    @Test
    void a_fault_of_ours_is_heard_of_too() {
        house.ledger.interfere(() -> {
            throw new IllegalStateException("a fault");
        });
        assertThatThrownBy(() -> house.enroll.enroll(PUMP_1)).isInstanceOf(IllegalStateException.class);
        assertThat(only().code()).isEqualTo(Course.FAULT);
    }

    private Course only() {
        assertThat(house.observer.courses).hasSize(1);
        return house.observer.courses.getFirst();
    }

    private static List<Step> steps(Course course) {
        return course.passages().stream().map(Passage::step).toList();
    }
}
