package io.muster.core.flow;

import static io.muster.core.testkit.Sample.PUMPS;
import static io.muster.core.testkit.Sample.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestation;
import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.door.Check;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Treatment.Reprovision;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.MemoryArchive;
import io.muster.core.testkit.PlainFacts;
import io.muster.core.testkit.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HooksTest {

    private static final HookUrl HOOK = new HookUrl("https://hooks.example.com/place");
    private static final Enrollment ASKING = asking(List.of(Sample.EU_1.name()), HOOK);

    private final Gatehouse house = new Gatehouse(ASKING);

    @Test
    void a_device_goes_where_the_hook_says_and_gets_what_it_hands_out() {
        house.hooks.says(new Advice.Host("EU-1.example.com", Optional.of(new Json("{\"from\":\"hook\"}"))));
        Outcome.Enrolled enrolled = (Outcome.Enrolled) comes("pump-1");
        assertThat(enrolled.device().assignment().hub()).isEqualTo(Sample.EU_1.name());
        assertThat(enrolled.payload()).contains(new Json("{\"from\":\"hook\"}"));
        assertThat(last().trace()).extracting(Check::code).contains("hook_chose");
    }

    @Test
    void a_hub_that_is_not_linked_is_no_answer() {
        house.hooks.says(new Advice.Host("eu-2.example.com", Optional.empty()));
        assertThat(refusal(comes("pump-1")))
                .isEqualTo(new Refusal.HookFailed("named a hub that the enrollment is not linked to"));
        assertThat(house.ledger.devices()).isEmpty();
        assertThat(last().trace().getLast().rule()).contains("not linked to");
    }

    @Test
    void a_hook_that_fails_refuses_for_now_and_one_that_is_busy_defers() {
        house.hooks.says(new Advice.Failed("did not answer within 5000 ms"));
        assertThat(refusal(comes("pump-1"))).isInstanceOf(Refusal.HookFailed.class);
        house.hooks.says(new Advice.Busy("Too many hooks are being asked at this moment."));
        assertThat(comes("pump-1")).isInstanceOf(Outcome.Deferred.class);
        house.hooks.says(new Advice.Host("eu-1.example.com", Optional.empty()));
        assertThat(house.drain.once()).isEqualTo(1);
        assertThat(house.ledger.devices()).hasSize(1);
    }

    @Test
    void a_device_that_stays_where_it_is_and_one_that_may_not_come_ask_nobody() {
        house.hooks.says(new Advice.Host("eu-1.example.com", Optional.empty()));
        comes("pump-1");
        comes("pump-1");
        assertThat(house.hooks.asked()).containsExactly(HOOK);
        house.ledger.block(Sample.id("pump-2"));
        comes("pump-2");
        assertThat(house.hooks.asked()).hasSize(1);
        assertThat(house.ledger.devices()).hasSize(1);
    }

    @Test
    void where_devices_are_placed_anew_the_hook_is_asked_again_and_the_device_is_the_same() {
        house.roster
                .publish(Sample.treating(
                        PUMPS,
                        Sample.reprovision(
                                Sample.allocation(Sample.KEEP, new Allocation.Custom(List.of(), HOOK)),
                                Reprovision.MIGRATE)))
                .refresh();
        house.hooks.says(new Advice.Host("eu-1.example.com", Optional.empty()));
        Outcome.Enrolled first = (Outcome.Enrolled) comes("pump-1");
        house.hooks.says(new Advice.Host("eu-2.example.com", Optional.empty()));
        Outcome.Enrolled second = (Outcome.Enrolled) comes("pump-1");
        assertThat(second.device().id()).isEqualTo(first.device().id());
        assertThat(second.device().assignment().hub()).isEqualTo(Sample.EU_2.name());
    }

    @Test
    void a_recorded_try_is_decided_again_by_what_the_hook_said_then_and_nobody_is_asked() {
        house.hooks.says(new Advice.Failed("did not answer within 5000 ms"));
        comes("pump-1");
        house.hooks.says(new Advice.Host("eu-1.example.com", Optional.empty()));
        comes("pump-1");
        comes("pump-1");
        int asked = house.hooks.asked().size();
        assertThat(house.ledger.attempts()).hasSize(3).allSatisfy(attempt -> assertThat(
                        rehearsal().retry(attempt.tenant(), attempt.id()))
                .hasValueSatisfying(it -> assertThat(it)
                        .isInstanceOfSatisfying(Retried.Again.class, again -> assertThat(again.isRepeatable())
                                .as(again.then().toString())
                                .isTrue())));
        assertThat(house.hooks.asked()).hasSize(asked);
    }

    @Test
    void a_rehearsal_says_that_the_hook_would_be_asked_and_asks_nobody() {
        Foretold foretold = rehearsal()
                .test(
                        ASKING,
                        new SampleDevice(
                                Sample.id("pump-9"),
                                new SampleDevice.Shown.Assumed(false),
                                Optional.empty(),
                                Optional.empty()));
        assertThat(foretold).isInstanceOf(Foretold.Untold.class);
        assertThat(foretold.trace().getLast().code()).isEqualTo("hook_due");
        assertThat(house.hooks.asked()).isEmpty();
    }

    private Rehearsal rehearsal() {
        return new Rehearsal(
                house.roster,
                new Attestation(List.of(house.attestor)),
                house.ledger,
                new MemoryArchive(house, ASKING).archive(),
                new PlainFacts(),
                house.clock);
    }

    private Outcome comes(String name) {
        return house.enroll.enroll(request(Sample.id(name), "red", "key of " + name));
    }

    private Attempt last() {
        return house.ledger.attempts().getFirst();
    }

    private static Refusal refusal(Outcome outcome) {
        return ((Outcome.Refused) outcome).refusal();
    }

    private static Enrollment asking(List<Name> hubs, HookUrl hook) {
        return Sample.treating(PUMPS, Sample.allocation(Sample.KEEP, new Allocation.Custom(hubs, hook)));
    }
}
