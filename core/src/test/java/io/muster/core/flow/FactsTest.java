package io.muster.core.flow;

import static io.muster.core.testkit.Sample.PUMPS;
import static io.muster.core.testkit.Sample.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestation;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Ground;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.FactTerms;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.MemoryArchive;
import io.muster.core.testkit.PlainFacts;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final Enrollment SAYS_PUMP = believing("\"pump\"", "");
    private static final Enrollment SET = believing("", "{\"site\":\"north\"}");

    private final Gatehouse house = new Gatehouse(SAYS_PUMP);

    @Test
    void facts_that_fit_are_believed_and_the_trace_says_so() {
        assertThat(says("pump-1", "{\"type\":\"pump\"}")).isInstanceOf(Outcome.Enrolled.class);
        assertThat(device("pump-1").payload()).contains(new Json("{\"type\":\"pump\"}"));
        assertThat(last().trace()).extracting(Check::code).contains("facts_fit");
    }

    @Test
    void facts_that_do_not_fit_refuse_the_device_new_or_known_and_nothing_of_it_changes() {
        assertThat(refusal(says("pump-1", "{\"type\":\"boat\"}")))
                .isEqualTo(new Refusal.FactsRefused("/at", "/contains"));
        assertThat(house.ledger.devices()).isEmpty();
        says("pump-1", "{\"type\":\"pump\"}");
        assertThat(refusal(says("pump-1", "{\"type\":\"boat\"}"))).isInstanceOf(Refusal.FactsRefused.class);
        assertThat(device("pump-1").payload()).contains(new Json("{\"type\":\"pump\"}"));
        assertThat(last().code()).isEqualTo("facts_refused");
        assertThat(last().trace().toString()).doesNotContain("boat");
    }

    @Test
    void a_new_device_that_says_nothing_is_held_against_the_schema_and_a_known_one_stays_as_it_is() {
        assertThat(refusal(house.enroll.enroll(request(Sample.id("pump-1"), "red", "key of pump-1"))))
                .isInstanceOf(Refusal.FactsRefused.class);
        says("pump-1", "{\"type\":\"pump\"}");
        publish(believing("\"valve\"", ""));
        Outcome silent = house.enroll.enroll(request(Sample.id("pump-1"), "red", "key of pump-1"));
        assertThat(((Outcome.Enrolled) silent).change()).isEqualTo(Change.UNCHANGED);
    }

    @Test
    void what_the_enrollment_sets_wins_over_what_the_device_says() {
        publish(SET);
        says("pump-1", "{\"type\":\"pump\"}");
        assertThat(device("pump-1").payload()).contains(new Json("{\"type\":\"pump\",\"site\":\"north\"}"));
        assertThat(((Outcome.Enrolled) says("pump-1", "{\"type\":\"pump\"}")).change())
                .isEqualTo(Change.UNCHANGED);
        publish(believing("", "{\"site\":\"south\"}"));
        assertThat(((Outcome.Enrolled) says("pump-1", "{\"type\":\"pump\"}")).change())
                .isEqualTo(Change.UPDATED);
        assertThat(last().trace()).extracting(Check::code).contains("facts_set");
    }

    @Test
    void what_is_held_against_the_schema_is_what_would_be_believed() {
        publish(believing("\"north\"", "{\"site\":\"north\"}"));
        assertThat(says("pump-1", "{\"type\":\"pump\"}")).isInstanceOf(Outcome.Enrolled.class);
        assertThat(house.enroll.enroll(request(Sample.id("pump-2"), "red", "k2")))
                .isInstanceOf(Outcome.Enrolled.class);
        assertThat(device("pump-2").payload()).contains(new Json("{\"site\":\"north\"}"));
    }

    @Test
    void who_is_blocked_is_told_that_and_nothing_of_its_facts() {
        house.ledger.block(Sample.id("pump-1"));
        assertThat(refusal(says("pump-1", "{\"type\":\"boat\"}"))).isInstanceOf(Refusal.Blocked.class);
    }

    @Test
    void a_recorded_try_is_decided_again_as_it_was() {
        says("pump-1", "{\"type\":\"boat\"}");
        says("pump-1", "{\"type\":\"pump\"}");
        says("pump-1", "{\"type\":\"pump\"}");
        says("pump-1", "{\"type\":\"pump\",\"fw\":2}");
        says("pump-2", "{\"type\":\"" + "boat".repeat(200) + "\"}");
        assertThat(house.ledger.attempts())
                .extracting(Attempt::code)
                .containsExactlyInAnyOrder("facts_refused", "initial", "unchanged", "updated", "facts_refused");
        assertThat(house.ledger.attempts())
                .allSatisfy(attempt -> assertThat(rehearsal().retry(attempt.tenant(), attempt.id()))
                        .hasValueSatisfying(it -> assertThat(it)
                                .isInstanceOfSatisfying(Retried.Again.class, again -> assertThat(again.isRepeatable())
                                        .as(again.then().toString())
                                        .isTrue())));
    }

    @Test
    void another_schema_tells_whom_it_would_refuse_by_what_they_said() {
        says("pump-1", "{\"type\":\"pump\"}");
        says("pump-2", "{\"type\":\"pump, or valve\"}");
        says("pump-3", "{\"type\":\"pump\",\"text\":\"" + "x".repeat(Ground.Said.MAX_WORDS) + "\"}");
        Difference difference = rehearsal()
                .diff(
                        believing("\"valve\"", ""),
                        Instant.EPOCH,
                        Optional.empty(),
                        new Rehearsal.Bounds(1_000, 10, Duration.ofMinutes(1)));
        assertThat(difference.codes()).containsExactly(new Difference.Tallied("initial", "facts_refused", 1));
        assertThat(difference.counts().untold()).isEqualTo(1);
    }

    private Rehearsal rehearsal() {
        return new Rehearsal(
                house.roster,
                new Attestation(List.of(house.attestor)),
                house.ledger,
                new MemoryArchive(house, SAYS_PUMP).archive(),
                new PlainFacts(),
                house.clock);
    }

    private void publish(Enrollment enrollment) {
        house.roster.publish(enrollment).refresh();
    }

    private Outcome says(String name, String facts) {
        return house.enroll.enroll(Sample.saying(request(Sample.id(name), "red", "key of " + name), facts));
    }

    private Device device(String name) {
        return house.ledger.devices().stream()
                .filter(it -> it.registrationId().display().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Attempt last() {
        return house.ledger.attempts().getFirst();
    }

    private static Refusal refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal();
    }

    private static Enrollment believing(String schema, String set) {
        FactTerms terms = new FactTerms(
                Optional.of(schema).filter(it -> !it.isEmpty()).map(Json::new),
                Optional.of(set).filter(it -> !it.isEmpty()).map(Json::new));
        return Sample.treating(PUMPS, Sample.facts(Sample.KEEP, terms));
    }
}
