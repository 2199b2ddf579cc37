package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StrangersTest {

    private static final Name ACME = Sample.ACME.name();

    private final Strangers strangers = new Strangers();

    @Test
    void tries_are_found_by_name_without_case_newest_first_and_bounded() {
        Attempt first = keep("pump-1", 1);
        Attempt second = keep("PUMP-1", 2);
        keep("pump-2", 3);
        assertThat(strangers.of(ACME, Sample.PUMP_1, 10)).containsExactly(second, first);
        assertThat(strangers.of(ACME, Sample.PUMP_1, 1)).containsExactly(second);
        assertThat(strangers.of(ACME, Sample.PUMP_1, 0)).isEmpty();
    }

    @Test
    void another_tenant_finds_nothing() {
        Attempt kept = keep("pump-1", 1);
        Name other = new Name("other");
        assertThat(strangers.of(other, Sample.PUMP_1, 10)).isEmpty();
        assertThat(strangers.find(other, kept.id())).isEmpty();
        assertThat(strangers.find(ACME, kept.id())).contains(kept);
    }

    @Test
    void the_ring_is_bounded_and_the_oldest_goes_first() {
        Attempt oldest = keep("pump-1", 0);
        Attempt next = keep("pump-1", 1);
        for (int i = 0; i < Strangers.CAPACITY - 1; i++) {
            keep("flood-" + i, 2);
        }
        assertThat(strangers.find(ACME, oldest.id())).isEmpty();
        assertThat(strangers.find(ACME, next.id())).contains(next);
        assertThat(strangers.counts()).isEqualTo(Map.of("not_enrolled", Strangers.CAPACITY + 1L));
    }

    @Test
    void what_names_no_tenant_is_counted_and_not_kept() {
        strangers.count("unknown_tenant");
        strangers.count("unknown_tenant");
        assertThat(strangers.counts()).isEqualTo(Map.of("unknown_tenant", 2L));
    }

    @Test
    void history_tells_what_the_ledger_and_the_ring_hold_in_one_order() {
        Gatehouse house = new Gatehouse(Sample.PUMPS);
        house.enroll.enroll(Sample.request(Sample.PUMP_1, "red", "k1"));
        house.clock.forward(Duration.ofSeconds(1));
        house.enroll.enroll(Sample.request(Sample.PUMP_1, "wrong", "k1"));
        house.clock.forward(Duration.ofSeconds(1));
        house.enroll.enroll(Sample.request(Sample.PUMP_1, "red", "k1"));
        List<Attempt> history = house.history.of(ACME, Sample.PUMP_1, 10);
        assertThat(history).extracting(Attempt::code).containsExactly("unchanged", "token_signature_wrong", "initial");
        assertThat(house.history.of(ACME, Sample.PUMP_1, 2)).isEqualTo(history.subList(0, 2));
        assertThat(history)
                .allSatisfy(it -> assertThat(house.history.find(ACME, it.id())).contains(it));
    }

    private Attempt keep(String name, long second) {
        RegistrationId id = Sample.id(name);
        Attempt attempt = new Attempt(
                new AttemptId(UUID.randomUUID()),
                ACME,
                id,
                Sample.NOW.plusSeconds(second),
                Optional.empty(),
                Attempt.Result.REFUSED,
                "not_enrolled",
                List.of(),
                "test-door",
                "192.0.2.7");
        strangers.keep(attempt);
        return attempt;
    }
}
