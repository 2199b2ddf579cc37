package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Device;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Operation;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.Tenant;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnrollTest {

    private static final EnrollmentRequest PUMP_1 = Sample.request(Sample.PUMP_1, "red", "k1");

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);

    @Test
    void a_device_that_proves_itself_is_enrolled_and_told_where_to_connect() {
        Outcome.Enrolled enrolled = enrolled(PUMP_1);
        assertThat(enrolled.change()).isEqualTo(Change.INITIAL);
        assertThat(enrolled.payload()).isEqualTo(Sample.KEEP.payload());
        assertThat(house.ledger.devices()).containsExactly(enrolled.device());
        Attempt attempt = house.ledger.attempts().getFirst();
        assertThat(attempt.id()).isEqualTo(enrolled.attempt());
        assertThat(attempt.code()).isEqualTo("initial");
        assertThat(attempt.trace())
                .extracting(Check::code)
                .startsWith("word_right")
                .endsWith("placed");
        assertThat(attempt.source()).isEqualTo("192.0.2.7");
    }

    @Test
    void to_enroll_twice_is_one_device() {
        Device first = enrolled(PUMP_1).device();
        Outcome.Enrolled again = enrolled(Sample.request(Sample.id("PUMP-1"), "red", "k1"));
        assertThat(again.change()).isEqualTo(Change.UNCHANGED);
        assertThat(again.device()).isEqualTo(first);
        assertThat(house.ledger.devices()).hasSize(1);
        assertThat(house.ledger.acts()).hasExactlyElementsOfTypes(Act.Enrolls.class, Act.Confirms.class);
    }

    @Test
    void a_race_for_one_name_is_decided_again_and_both_get_the_winners_device() {
        Outcome[] other = new Outcome[1];
        house.ledger.interfere(() -> other[0] = house.enroll.enroll(PUMP_1));
        Outcome.Enrolled late = enrolled(PUMP_1);
        assertThat(other[0]).isInstanceOf(Outcome.Enrolled.class);
        assertThat(late.change()).isEqualTo(Change.UNCHANGED);
        assertThat(late.device()).isEqualTo(((Outcome.Enrolled) other[0]).device());
        assertThat(house.ledger.devices()).hasSize(1);
    }

    @Test
    void a_block_that_commits_during_the_decision_wins() {
        house.ledger.put(Sample.pump1(Sample.EU_1));
        house.ledger.interfere(() -> {
            house.ledger.block(Sample.PUMP_1);
            house.ledger.put(Sample.quarantined(Sample.pump1(Sample.EU_1)));
        });
        assertThat(refused(PUMP_1)).isEqualTo(new Refusal.Blocked("registration id"));
    }

    @Test
    void three_conflicts_defer_the_request_with_its_trace() {
        house.ledger.put(Sample.pump1(Sample.EU_1));
        for (int i = 0; i < Enroll.ROUNDS; i++) {
            house.ledger.interfere(this::anotherNodeChangesTheDevice);
        }
        Outcome.Deferred deferred = deferred(PUMP_1);
        assertThat(deferred.retryAfter()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
        assertThat(house.ledger.acts()).isEmpty();
        assertThat(house.operations.all()).singleElement().satisfies(operation -> {
            assertThat(operation.id()).isEqualTo(deferred.operation());
            assertThat(operation.key()).isEqualTo(Sample.key("k1"));
        });
        Attempt attempt = house.ledger.attempts().getFirst();
        assertThat(attempt.id()).isEqualTo(deferred.attempt());
        assertThat(attempt.result()).isEqualTo(Attempt.Result.DEFERRED);
        assertThat(attempt.trace().getLast().code()).isEqualTo("contended");
    }

    @Test
    void two_conflicts_do_not_defer() {
        house.ledger.put(Sample.pump1(Sample.EU_1));
        for (int i = 0; i < Enroll.ROUNDS - 1; i++) {
            house.ledger.interfere(this::anotherNodeChangesTheDevice);
        }
        assertThat(enrolled(PUMP_1).device().version()).isEqualTo(3);
        assertThat(house.operations.all()).isEmpty();
    }

    @Test
    void a_stale_roster_is_refreshed_before_the_decision_is_made_again() {
        house.roster.publish(Sample.disabled(Sample.PUMPS));
        assertThat(refused(PUMP_1)).isEqualTo(new Refusal.EnrollmentDisabled("pumps"));
        assertThat(house.roster.refreshes()).isEqualTo(2);
        assertThat(house.ledger.devices()).isEmpty();
    }

    @Test
    void a_device_whose_enrollment_vanished_meanwhile_is_a_stranger() {
        house.roster.publish();
        assertThat(refused(PUMP_1)).isEqualTo(new Refusal.NotEnrolled());
        assertThat(house.ledger.attempts()).isEmpty();
    }

    @Test
    void a_refused_device_that_proved_itself_is_kept_in_the_ledger() {
        enrolled(PUMP_1);
        Outcome.Refused refused = (Outcome.Refused) house.enroll.enroll(Sample.request(Sample.PUMP_1, "red", "k2"));
        assertThat(refused.refusal()).isEqualTo(new Refusal.IdentityKeyChanged());
        Attempt attempt = house.ledger.attempts().getFirst();
        assertThat(attempt.id()).isEqualTo(refused.attempt());
        assertThat(attempt.code()).isEqualTo("identity_key_changed");
        assertThat(house.strangers.counts()).isEmpty();
    }

    @Test
    void a_stranger_goes_to_the_ring_and_not_to_the_ledger() {
        Outcome.Refused refused = (Outcome.Refused) house.enroll.enroll(Sample.request(Sample.PUMP_1, "wrong", "k1"));
        assertThat(refused.refusal()).isEqualTo(new Refusal.TokenSignatureWrong());
        assertThat(house.ledger.attempts()).isEmpty();
        assertThat(house.history.find(Sample.ACME.name(), refused.attempt())).hasValueSatisfying(attempt -> {
            assertThat(attempt.origin()).isEmpty();
            assertThat(attempt.code()).isEqualTo("token_signature_wrong");
        });
    }

    @Test
    void a_caller_that_names_no_tenant_of_ours_is_only_counted() {
        EnrollmentRequest elsewhere = new EnrollmentRequest(
                "test-door", Optional.of("elsewhere"), Sample.PUMP_1, PUMP_1.evidence(), Optional.empty(), "192.0.2.7");
        assertThat(refused(elsewhere)).isEqualTo(new Refusal.UnknownTenant());
        assertThat(house.strangers.counts()).isEqualTo(Map.of("unknown_tenant", 1L));
        assertThat(house.history.of(Sample.ACME.name(), Sample.PUMP_1, 10)).isEmpty();
    }

    @Test
    void what_a_door_turns_away_is_counted_and_numbered() {
        Outcome.Refused first = house.enroll.turnAway("test-door", new Refusal.MalformedRegistrationId(), "192.0.2.7");
        Outcome.Refused second = house.enroll.turnAway("test-door", new Refusal.TooLarge("The body", 1), "192.0.2.7");
        assertThat(first.attempt()).isNotEqualTo(second.attempt());
        assertThat(house.strangers.counts()).isEqualTo(Map.of("malformed_registration_id", 1L, "too_large", 1L));
    }

    @Test
    void a_device_that_can_be_placed_nowhere_is_refused_and_the_trace_says_so() {
        house.roster.publish(Sample.treating(
                Sample.PUMPS,
                Sample.allocation(Sample.KEEP, new Allocation.Static(new io.muster.core.device.Name("gone")))));
        house.roster.refresh();
        assertThat(refused(PUMP_1)).isEqualTo(new Refusal.NoHub("pumps"));
        assertThat(house.ledger.attempts().getFirst().trace().getLast().code()).isEqualTo("no_hub");
    }

    @Test
    void an_outward_id_that_another_device_has_is_refused_and_names_it() {
        enrolled(Sample.request(Sample.id("x.pump-1"), "red", "k0"));
        house.roster.publish(Sample.treating(Sample.PUMPS, Sample.deviceId(Sample.KEEP, "x.{registrationId}")));
        house.roster.refresh();
        assertThat(refused(PUMP_1)).isEqualTo(new Refusal.DeviceIdTaken("x.pump-1"));
        assertThat(house.ledger.attempts().getFirst().trace().getLast().code()).isEqualTo("device_id_taken");
        assertThat(house.ledger.devices()).hasSize(1);
    }

    @Test
    void a_ledger_that_is_down_refuses_for_the_moment_and_says_nothing_of_why() {
        house.ledger.reachable(false);
        Refusal refusal = refused(PUMP_1);
        assertThat(Problem.of(refusal).code()).isEqualTo("unavailable");
        assertThat(Problem.of(refusal).retryable()).isTrue();
        assertThat(Problem.of(refusal).detail()).doesNotContain("database is down");
        assertThat(house.strangers.counts()).isEqualTo(Map.of("unavailable", 1L));
    }

    @Test
    void a_ledger_that_goes_down_at_the_commit_refuses_too() {
        house.ledger.interfere(() -> house.ledger.reachable(false));
        assertThat(refused(PUMP_1)).isInstanceOf(Refusal.Unavailable.class);
        house.ledger.reachable(true);
        assertThat(enrolled(PUMP_1).change()).isEqualTo(Change.INITIAL);
    }

    @Test
    void under_an_untrusted_clock_the_request_is_kept_once_however_often_it_comes() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock"));
        Outcome.Deferred first = deferred(PUMP_1);
        Outcome.Deferred second = deferred(PUMP_1);
        assertThat(second.operation()).isEqualTo(first.operation());
        assertThat(house.ledger.devices()).isEmpty();
        assertThat(house.ledger.attempts().getLast().trace().getLast().code()).isEqualTo("clock_untrusted");
        assertThat(status(PUMP_1, first)).isInstanceOf(Outcome.Deferred.class);
    }

    @Test
    void evidence_is_judged_by_the_reference_and_not_by_a_clock_that_is_wrong() {
        enrolled(PUMP_1);
        assertThat(house.attestor.asked()).isEqualTo(house.clock.instant());
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofDays(3_650), "the database's clock"));
        deferred(PUMP_1);
        assertThat(house.attestor.asked()).isEqualTo(house.clock.instant().minus(Duration.ofDays(3_650)));
    }

    @Test
    void the_number_of_an_answer_that_was_not_deferred_leads_to_where_the_device_stands() {
        Outcome.Enrolled enrolled = enrolled(PUMP_1);
        Outcome polled = house.enroll.status(PUMP_1, number(enrolled.attempt()));
        assertThat(polled).isInstanceOfSatisfying(Outcome.Enrolled.class, it -> {
            assertThat(it.device()).isEqualTo(enrolled.device());
            assertThat(it.change()).isEqualTo(Change.UNCHANGED);
        });
    }

    @Test
    void the_number_of_a_refusal_or_of_another_device_leads_nowhere() {
        Outcome.Enrolled other = enrolled(Sample.request(Sample.id("pump-2"), "red", "k2"));
        Outcome.Enrolled mine = enrolled(PUMP_1);
        Outcome refused = house.enroll.enroll(Sample.request(Sample.PUMP_1, "red", "k9"));
        for (AttemptId number : List.of(other.attempt(), refused.attempt())) {
            assertThat(refusal(house.enroll.status(PUMP_1, number(number)))).isEqualTo(new Refusal.OperationUnknown());
        }
        assertThat(mine.device().deviceId()).isEqualTo("pump-1");
    }

    @Test
    void an_operation_does_not_exist_for_another_key_or_another_name() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock"));
        Outcome.Deferred deferred = deferred(PUMP_1);
        EnrollmentRequest otherKey = Sample.request(Sample.PUMP_1, "red", "k2");
        EnrollmentRequest otherName = Sample.request(Sample.id("pump-2"), "red", "k1");
        assertThat(refusal(status(otherKey, deferred))).isEqualTo(new Refusal.OperationUnknown());
        assertThat(refusal(status(otherName, deferred))).isEqualTo(new Refusal.OperationUnknown());
    }

    @Test
    void a_stranger_learns_nothing_of_an_operation() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock"));
        Outcome.Deferred deferred = deferred(PUMP_1);
        assertThat(refusal(status(Sample.request(Sample.PUMP_1, "wrong", "k1"), deferred)))
                .isEqualTo(new Refusal.TokenSignatureWrong());
    }

    @Test
    void an_operation_that_ended_badly_tells_its_number_and_its_problem() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock"));
        Outcome.Deferred deferred = deferred(PUMP_1);
        Problem problem = Problem.of(new Refusal.DeviceQuarantined());
        Operation operation = house.operations.all().getFirst();
        house.operations.fail(operation, problem);
        assertThat(status(PUMP_1, deferred)).isInstanceOfSatisfying(Outcome.Refused.class, it -> {
            assertThat(Problem.of(it.refusal())).isEqualTo(problem);
            assertThat(it.operation()).contains(deferred.operation());
        });
    }

    @Test
    void an_operation_that_expired_says_so() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock"));
        Outcome.Deferred deferred = deferred(PUMP_1);
        house.operations.expire(deferred.operation());
        assertThat(refusal(status(PUMP_1, deferred))).isEqualTo(new Refusal.OperationExpired());
    }

    @Test
    void to_look_up_has_no_effect() {
        assertThat(refusal(house.enroll.lookUp(PUMP_1))).isEqualTo(new Refusal.NotRegistered());
        assertThat(house.ledger.acts()).isEmpty();
        Device device = enrolled(PUMP_1).device();
        assertThat(house.enroll.lookUp(Sample.saying(PUMP_1, "{\"fw\":9}")))
                .isInstanceOfSatisfying(
                        Outcome.Enrolled.class, it -> assertThat(it.device()).isEqualTo(device));
        assertThat(house.ledger.acts()).hasSize(1);
    }

    @Test
    void to_look_up_with_a_key_that_is_not_the_devices_tells_nothing_of_it() {
        enrolled(PUMP_1);
        assertThat(house.enroll.lookUp(Sample.request(Sample.PUMP_1, "red", "k2")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(house.enroll.lookUp(Sample.request(Sample.PUMP_1, "wrong", "k1")))
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void who_may_not_enroll_any_more_may_not_look_up_or_poll_either() {
        Outcome.Enrolled enrolled = enrolled(PUMP_1);
        house.ledger.block(Sample.PUMP_1);
        assertThat(refusal(house.enroll.lookUp(PUMP_1))).isEqualTo(new Refusal.Blocked("registration id"));
        assertThat(refusal(house.enroll.status(PUMP_1, number(enrolled.attempt()))))
                .isEqualTo(new Refusal.Blocked("registration id"));
    }

    @Test
    void a_disabled_tenant_or_enrollment_and_a_quarantined_device_are_told_at_a_look_up() {
        Device device = enrolled(PUMP_1).device();
        house.ledger.put(Sample.quarantined(device));
        assertThat(refusal(house.enroll.lookUp(PUMP_1))).isEqualTo(new Refusal.DeviceQuarantined());
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();
        assertThat(refusal(house.enroll.lookUp(PUMP_1))).isEqualTo(new Refusal.EnrollmentDisabled("pumps"));
        house.roster.publishTenant(new Tenant(Sample.ACME.name(), false)).refresh();
        assertThat(refusal(house.enroll.lookUp(PUMP_1))).isEqualTo(new Refusal.TenantDisabled());
    }

    private void anotherNodeChangesTheDevice() {
        Device known = house.ledger.devices().getFirst();
        house.ledger.put(new Device(
                known.id(),
                known.tenant(),
                known.registrationId(),
                known.deviceId(),
                known.version() + 1,
                known.state(),
                known.origin(),
                known.type(),
                known.identityKeys(),
                known.assignment(),
                known.payload(),
                known.createdAt(),
                Sample.NOW));
    }

    private Outcome.Enrolled enrolled(EnrollmentRequest request) {
        Outcome outcome = house.enroll.enroll(request);
        assertThat(outcome).isInstanceOf(Outcome.Enrolled.class);
        return (Outcome.Enrolled) outcome;
    }

    private Outcome.Deferred deferred(EnrollmentRequest request) {
        Outcome outcome = house.enroll.enroll(request);
        assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
        return (Outcome.Deferred) outcome;
    }

    private Refusal refused(EnrollmentRequest request) {
        return refusal(house.enroll.enroll(request));
    }

    private Outcome status(EnrollmentRequest request, Outcome.Deferred deferred) {
        return house.enroll.status(request, deferred.operation());
    }

    private static io.muster.core.door.OperationId number(AttemptId attempt) {
        return new io.muster.core.door.OperationId(attempt.value());
    }

    private static Refusal refusal(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }
}
