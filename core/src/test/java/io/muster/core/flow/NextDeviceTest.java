package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attested;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.policy.Facts;
import io.muster.core.policy.Policy;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Treatment;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.core.roster.Treatment.Reprovision;
import io.muster.core.testkit.PlainFacts;
import io.muster.core.testkit.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextDeviceTest {

    private static final Device KNOWN = Sample.pump1(Sample.EU_1);
    private static final List<Hub> HUBS = List.of(Sample.EU_1, Sample.EU_2);
    private static final Treatment TO_EU_2 = Sample.allocation(Sample.KEEP, new Allocation.Static(Sample.EU_2.name()));

    @Test
    void a_new_device_is_made_as_its_enrollment_says() {
        EnrollmentRequest request = Sample.saying(Sample.request(Sample.PUMP_1, "red", "k1"), "{\"fw\":1}");
        NextDevice.Planned planned = planned(request, Sample.treating(Sample.PUMPS, TO_EU_2), HUBS, Sample.nothing());
        Device device = planned.device();
        assertThat(planned.change()).isEqualTo(Change.INITIAL);
        assertThat(planned.superseded()).isEmpty();
        assertThat(device.version()).isEqualTo(1);
        assertThat(device.state()).isEqualTo(DeviceState.ENABLED);
        assertThat(device.deviceId()).isEqualTo("pump-1");
        assertThat(device.origin()).hasToString("pumps@2");
        assertThat(device.type()).contains("pump");
        assertThat(device.identityKeys()).containsExactly(Sample.key("k1"));
        assertThat(device.assignment()).isEqualTo(Sample.EU_2.assignment());
        assertThat(device.payload()).contains(new Json("{\"fw\":1}"));
        assertThat(device.createdAt()).isEqualTo(Sample.NOW).isEqualTo(device.updatedAt());
    }

    @Test
    void two_new_devices_have_two_internal_ids() {
        assertThat(planned(Sample.PUMPS, Sample.nothing()).device().id())
                .isNotEqualTo(planned(Sample.PUMPS, Sample.nothing()).device().id());
    }

    @Test
    void the_outward_id_follows_the_template() {
        Enrollment enrollment =
                Sample.treating(Sample.PUMPS, Sample.deviceId(Sample.KEEP, "{tenant}.{enrollment}.{registrationId}"));
        assertThat(planned(enrollment, Sample.nothing()).device().deviceId()).isEqualTo("acme.pumps.pump-1");
    }

    @Test
    void an_outward_id_that_becomes_too_long_is_refused() {
        Enrollment enrollment =
                Sample.treating(Sample.PUMPS, Sample.deviceId(Sample.KEEP, "x".repeat(100) + "{registrationId}"));
        EnrollmentRequest request = Sample.request(Sample.id("y".repeat(29)), "red", "k1");
        assertThat(impossible(request, enrollment, HUBS, Sample.nothing()))
                .isEqualTo(new Refusal.DeviceIdInvalid("x".repeat(100) + "y".repeat(29)));
    }

    @Test
    void where_no_hub_takes_devices_the_refusal_names_the_enrollment() {
        assertThat(impossible(request(), Sample.PUMPS, List.of(), Sample.nothing()))
                .isEqualTo(new Refusal.NoHub("pumps"));
        assertThat(impossible(request(), Sample.PUMPS, List.of(), Sample.knowing(KNOWN)))
                .isEqualTo(new Refusal.NoHub("pumps"));
    }

    @Test
    void a_device_that_comes_again_with_nothing_new_is_the_known_one_to_the_letter() {
        NextDevice.Planned planned = planned(Sample.PUMPS, Sample.knowing(KNOWN));
        assertThat(planned.change()).isEqualTo(Change.UNCHANGED);
        assertThat(planned.device()).isSameAs(KNOWN);
    }

    @Test
    void a_new_version_of_the_enrollment_that_changes_nothing_for_the_device_is_no_change() {
        assertThat(planned(Sample.treating(Sample.PUMPS, Sample.KEEP), Sample.knowing(KNOWN))
                        .change())
                .isEqualTo(Change.UNCHANGED);
    }

    @Test
    void keep_leaves_a_device_on_its_hub_even_where_the_allocation_points_elsewhere() {
        NextDevice.Planned planned = planned(Sample.treating(Sample.PUMPS, TO_EU_2), Sample.knowing(KNOWN));
        assertThat(planned.change()).isEqualTo(Change.UNCHANGED);
    }

    @Test
    void keep_moves_a_device_whose_hub_is_gone_or_disabled() {
        for (List<Hub> hubs : List.of(List.of(Sample.EU_2), List.of(Sample.disabled(Sample.EU_1), Sample.EU_2))) {
            NextDevice.Planned planned = planned(request(), Sample.PUMPS, hubs, Sample.knowing(KNOWN));
            assertThat(planned.change()).isEqualTo(Change.MIGRATED);
            assertThat(planned.device().assignment()).isEqualTo(Sample.EU_2.assignment());
            assertThat(planned.device().version()).isEqualTo(2);
        }
    }

    @Test
    void migrate_and_reset_place_a_device_anew_and_say_which_it_was() {
        Treatment migrate = Sample.reprovision(TO_EU_2, Reprovision.MIGRATE);
        Treatment reset = Sample.reprovision(TO_EU_2, Reprovision.RESET);
        assertThat(planned(Sample.treating(Sample.PUMPS, migrate), Sample.knowing(KNOWN))
                        .change())
                .isEqualTo(Change.MIGRATED);
        NextDevice.Planned planned = planned(Sample.treating(Sample.PUMPS, reset), Sample.knowing(KNOWN));
        assertThat(planned.change()).isEqualTo(Change.RESET);
        assertThat(planned.device().assignment()).isEqualTo(Sample.EU_2.assignment());
    }

    @Test
    void migrate_to_the_hub_where_the_device_already_is_changes_nothing() {
        Treatment stay = Sample.allocation(
                Sample.reprovision(Sample.KEEP, Reprovision.MIGRATE), new Allocation.Static(Sample.EU_1.name()));
        assertThat(planned(Sample.treating(Sample.PUMPS, stay), Sample.knowing(KNOWN))
                        .change())
                .isEqualTo(Change.UNCHANGED);
    }

    @Test
    void a_hub_that_got_another_address_or_region_updates_its_devices() {
        Hub moved = new Hub(
                Sample.EU_1.tenant(),
                Sample.EU_1.name(),
                new Name("us"),
                HubEndpoint.parse("mqtts://elsewhere.example.com").orElseThrow(),
                1,
                true);
        NextDevice.Planned planned = planned(request(), Sample.PUMPS, List.of(moved), Sample.knowing(KNOWN));
        assertThat(planned.change()).isEqualTo(Change.UPDATED);
        assertThat(planned.device().assignment()).isEqualTo(moved.assignment());
    }

    @Test
    void a_new_payload_updates_the_device_and_no_payload_keeps_the_last() {
        EnrollmentRequest saying = Sample.saying(request(), "{\"fw\":2}");
        NextDevice.Planned planned = planned(saying, Sample.PUMPS, HUBS, Sample.knowing(KNOWN));
        assertThat(planned.change()).isEqualTo(Change.UPDATED);
        assertThat(planned.device().payload()).contains(new Json("{\"fw\":2}"));
        assertThat(planned(Sample.PUMPS, Sample.knowing(planned.device())).change())
                .isEqualTo(Change.UNCHANGED);
    }

    @Test
    void a_new_type_updates_the_device() {
        Enrollment enrollment = Sample.treating(Sample.PUMPS, Sample.type(Sample.KEEP, "big-pump"));
        NextDevice.Planned planned = planned(enrollment, Sample.knowing(KNOWN));
        assertThat(planned.change()).isEqualTo(Change.UPDATED);
        assertThat(planned.device().type()).contains("big-pump");
    }

    @Test
    void a_device_that_comes_by_another_enrollment_belongs_to_it_from_then_on() {
        NextDevice.Planned planned = planned(Sample.group("other", "red"), Sample.knowing(KNOWN));
        assertThat(planned.change()).isEqualTo(Change.UPDATED);
        assertThat(planned.device().origin()).hasToString("other@1");
    }

    @Test
    void a_new_identity_key_replaces_the_old_one() {
        Enrollment open = Sample.treating(Sample.PUMPS, Sample.keyChange(Sample.KEEP, KeyChange.ALLOW));
        Snapshot free = new Snapshot(
                Optional.of(KNOWN), Optional.empty(), false, false, new Snapshot.Clock.Trusted(), Sample.NOW);
        NextDevice.Planned planned = planned(Sample.request(Sample.PUMP_1, "red", "k2"), open, HUBS, free);
        assertThat(planned.change()).isEqualTo(Change.REKEYED);
        assertThat(planned.device().identityKeys()).containsExactly(Sample.key("k2"));
        assertThat(planned.superseded()).containsExactly(Sample.key("k1"));
    }

    @Test
    void what_a_device_was_born_with_never_changes() {
        Enrollment other =
                Sample.treating(Sample.group("other", "red"), Sample.deviceId(TO_EU_2, "new.{registrationId}"));
        Device next = planned(Sample.request(Sample.id("PUMP-1"), "red", "k1"), other, HUBS, Sample.knowing(KNOWN))
                .device();
        assertThat(next.id()).isEqualTo(KNOWN.id());
        assertThat(next.deviceId()).isEqualTo("pump-1");
        assertThat(next.registrationId().display()).isEqualTo("pump-1");
        assertThat(next.createdAt()).isEqualTo(KNOWN.createdAt());
        assertThat(next.updatedAt()).isEqualTo(Sample.NOW);
    }

    private static EnrollmentRequest request() {
        return Sample.request(Sample.PUMP_1, "red", "k1");
    }

    private static NextDevice.Planned planned(Enrollment enrollment, Snapshot snapshot) {
        return planned(request(), enrollment, HUBS, snapshot);
    }

    private static NextDevice.Planned planned(
            EnrollmentRequest request, Enrollment enrollment, List<Hub> hubs, Snapshot snapshot) {
        NextDevice next = plan(request, enrollment, hubs, snapshot);
        assertThat(next).isInstanceOf(NextDevice.Planned.class);
        return (NextDevice.Planned) next;
    }

    private static Refusal impossible(
            EnrollmentRequest request, Enrollment enrollment, List<Hub> hubs, Snapshot snapshot) {
        NextDevice next = plan(request, enrollment, hubs, snapshot);
        assertThat(next).isInstanceOf(NextDevice.Impossible.class);
        return ((NextDevice.Impossible) next).refusal();
    }

    private static NextDevice plan(
            EnrollmentRequest request, Enrollment enrollment, List<Hub> hubs, Snapshot snapshot) {
        String key = request.evidence().getFirst() instanceof io.muster.core.door.Evidence.SharedAccessSignature it
                ? it.token().substring("red:".length())
                : "none";
        Recognized recognized = new Recognized(request, Sample.ACME, List.of(enrollment), hubs, List.of(), 1);
        Attested attested = Sample.attested(recognized, key);
        Facts facts = Facts.of(new PlainFacts(), enrollment.treatment().facts(), request.payload(), snapshot.byName());
        Verdict verdict = Policy.decide(attested, snapshot.hearing(facts));
        assertThat(verdict).isInstanceOf(Verdict.Permit.class);
        return NextDevice.plan((Verdict.Permit) verdict, List.of());
    }
}
