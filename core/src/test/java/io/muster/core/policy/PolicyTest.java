package io.muster.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attested;
import io.muster.core.connectivity.Hub;
import io.muster.core.device.Device;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final Attested PROVED = Sample.attested(Sample.PUMPS);
    private static final Device KNOWN = Sample.pump1(Sample.EU_1);
    private static final Enrollment OPEN =
            Sample.treating(Sample.PUMPS, Sample.keyChange(Sample.KEEP, KeyChange.ALLOW));

    @Test
    void a_new_name_with_a_new_key_is_permitted() {
        Verdict.Permit permit = permitted(PROVED, Sample.nothing());
        assertThat(permit.rekeyed()).isFalse();
        assertThat(permit.known()).isEmpty();
        assertThat(codes(permit))
                .containsExactly("word_right", "enrollment_enabled", "not_blocked", "name_free", "key_free");
        assertThat(permit.trace()).extracting(Check::verdict).containsOnly(Check.Verdict.PASS);
    }

    @Test
    void the_same_name_with_the_same_key_is_the_same_device() {
        Verdict.Permit permit = permitted(PROVED, Sample.knowing(KNOWN));
        assertThat(permit.rekeyed()).isFalse();
        assertThat(permit.known()).contains(KNOWN);
        assertThat(codes(permit)).containsExactly("word_right", "enrollment_enabled", "not_blocked", "same_device");
    }

    @Test
    void a_known_name_with_a_new_key_is_refused_unless_the_enrollment_allows_it() {
        Attested other = Sample.attested(Sample.PUMPS, "k2");
        assertThat(refusal(other, free(KNOWN))).isEqualTo(new Refusal.IdentityKeyChanged());
    }

    @Test
    void a_known_name_with_a_new_key_is_permitted_where_the_enrollment_allows_it_and_never_silently() {
        Verdict.Permit permit = permitted(Sample.attested(OPEN, "k2"), free(KNOWN));
        assertThat(permit.rekeyed()).isTrue();
        assertThat(permit.trace().getLast().code()).isEqualTo("identity_key_changed");
        assertThat(permit.trace().getLast().verdict()).isEqualTo(Check.Verdict.NOTE);
    }

    @Test
    void a_known_name_never_takes_the_key_of_another_device() {
        Snapshot taken = new Snapshot(
                Optional.of(KNOWN),
                Optional.of(Sample.id("pump-2")),
                false,
                false,
                new Snapshot.Clock.Trusted(),
                Sample.NOW);
        assertThat(refusal(Sample.attested(OPEN, "k2"), taken)).isEqualTo(new Refusal.IdentityKeyTaken());
    }

    @Test
    void a_known_key_under_another_name_is_refused() {
        assertThat(refusal(PROVED, heldBy(Sample.id("pump-2")))).isEqualTo(new Refusal.IdentityKeyTaken());
        assertThat(refusal(Sample.attested(OPEN), heldBy(Sample.id("pump-2"))))
                .isEqualTo(new Refusal.IdentityKeyTaken());
    }

    @Test
    void a_disabled_tenant_refuses() {
        Recognized of = PROVED.recognized();
        Recognized off = new Recognized(
                of.request(),
                new Tenant(Sample.ACME.name(), false),
                of.candidates(),
                of.hubs(),
                of.profiles(),
                of.edition());
        assertThat(refusal(Sample.attested(off, "k1"), Sample.knowing(KNOWN))).isEqualTo(new Refusal.TenantDisabled());
    }

    @Test
    void a_disabled_enrollment_refuses_new_and_known_devices() {
        Attested off = Sample.attested(Sample.disabled(Sample.PUMPS));
        assertThat(refusal(off, Sample.nothing())).isEqualTo(new Refusal.EnrollmentDisabled("pumps"));
        assertThat(refusal(off, Sample.knowing(KNOWN))).isEqualTo(new Refusal.EnrollmentDisabled("pumps"));
    }

    @Test
    void a_blocked_name_or_key_is_refused_new_or_known() {
        assertThat(refusal(PROVED, blocked(Optional.empty(), true, false)))
                .isEqualTo(new Refusal.Blocked("registration id"));
        assertThat(refusal(PROVED, blocked(Optional.of(KNOWN), false, true)))
                .isEqualTo(new Refusal.Blocked("identity key"));
        assertThat(refusal(Sample.attested(OPEN, "k2"), blocked(Optional.of(KNOWN), false, true)))
                .isEqualTo(new Refusal.Blocked("identity key"));
    }

    @Test
    void a_quarantined_device_is_refused_whatever_key_it_shows() {
        Device off = Sample.quarantined(KNOWN);
        assertThat(refusal(PROVED, Sample.knowing(off))).isEqualTo(new Refusal.DeviceQuarantined());
        assertThat(refusal(Sample.attested(OPEN, "k2"), free(off))).isEqualTo(new Refusal.DeviceQuarantined());
    }

    @Test
    void an_untrusted_clock_holds_everything_and_says_by_how_much() {
        assertThat(held(Duration.ofSeconds(301), "the database's clock"))
                .isEqualTo("This node's clock is 301 s ahead of the database's clock.");
        assertThat(held(Duration.ofMinutes(-10), "the newest commit"))
                .isEqualTo("This node's clock is 600 s behind the newest commit.");
    }

    @Test
    void what_is_switched_off_is_told_before_what_is_blocked_and_that_before_whose_the_key_is() {
        Snapshot everything = new Snapshot(
                Optional.of(Sample.quarantined(KNOWN)),
                Optional.of(Sample.id("pump-2")),
                true,
                true,
                new Snapshot.Clock.Trusted(),
                Sample.NOW);
        assertThat(refusal(Sample.attested(Sample.disabled(Sample.PUMPS), "k2"), everything))
                .isInstanceOf(Refusal.EnrollmentDisabled.class);
        assertThat(refusal(Sample.attested(Sample.PUMPS, "k2"), everything)).isInstanceOf(Refusal.Blocked.class);
        Snapshot unblocked =
                new Snapshot(everything.byName(), everything.keyHolder(), false, false, everything.clock(), Sample.NOW);
        assertThat(refusal(Sample.attested(Sample.PUMPS, "k2"), unblocked)).isEqualTo(new Refusal.DeviceQuarantined());
    }

    @Test
    void a_denial_ends_its_trace_with_the_check_that_refused() {
        Verdict verdict = Policy.decide(Sample.attested(Sample.PUMPS, "k2"), free(KNOWN));
        assertThat(codes(verdict))
                .containsExactly("word_right", "enrollment_enabled", "not_blocked", "identity_key_changed");
        assertThat(verdict.trace().getLast().verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThat(verdict.trace().getLast().remedy()).isNotBlank();
    }

    @Test
    void the_enrollment_version_that_decided_is_in_the_trace() {
        assertThat(permitted(Sample.attested(OPEN), Sample.nothing()).trace())
                .filteredOn(check -> check.code().equals("enrollment_enabled"))
                .extracting(Check::input)
                .containsExactly("pumps@2");
    }

    @Test
    void the_same_inputs_give_the_same_verdict() {
        for (Snapshot snapshot : List.of(Sample.nothing(), Sample.knowing(KNOWN), free(KNOWN))) {
            for (Attested attested : List.of(PROVED, Sample.attested(OPEN, "k2"))) {
                assertThat(Policy.decide(attested, snapshot)).isEqualTo(Policy.decide(attested, snapshot));
            }
        }
    }

    @Test
    void where_the_hubs_are_is_no_affair_of_policy() {
        Recognized of = PROVED.recognized();
        Recognized nowhere =
                new Recognized(of.request(), of.tenant(), of.candidates(), List.<Hub>of(), of.profiles(), of.edition());
        assertThat(Policy.decide(Sample.attested(nowhere, "k1"), Sample.nothing()))
                .isInstanceOf(Verdict.Permit.class);
    }

    /// The device is known, and nobody holds the key that is shown.
    private static Snapshot free(Device device) {
        return new Snapshot(
                Optional.of(device), Optional.empty(), false, false, new Snapshot.Clock.Trusted(), Sample.NOW);
    }

    private static Snapshot heldBy(RegistrationId other) {
        return new Snapshot(
                Optional.empty(), Optional.of(other), false, false, new Snapshot.Clock.Trusted(), Sample.NOW);
    }

    private static Snapshot blocked(Optional<Device> device, boolean name, boolean key) {
        return new Snapshot(device, Optional.empty(), name, key, new Snapshot.Clock.Trusted(), Sample.NOW);
    }

    private static Verdict.Permit permitted(Attested attested, Snapshot snapshot) {
        Verdict verdict = Policy.decide(attested, snapshot);
        assertThat(verdict).isInstanceOf(Verdict.Permit.class);
        return (Verdict.Permit) verdict;
    }

    private static Refusal refusal(Attested attested, Snapshot snapshot) {
        Verdict verdict = Policy.decide(attested, snapshot);
        assertThat(verdict).isInstanceOf(Verdict.Deny.class);
        return ((Verdict.Deny) verdict).refusal();
    }

    private static String held(Duration offset, String reference) {
        Snapshot wrong = new Snapshot(
                Optional.of(Sample.quarantined(KNOWN)),
                Optional.empty(),
                true,
                true,
                new Snapshot.Clock.Untrusted(offset, reference),
                Sample.NOW);
        Verdict verdict = Policy.decide(PROVED, wrong);
        assertThat(verdict).isInstanceOf(Verdict.Hold.class);
        assertThat(verdict.trace().getLast().code()).isEqualTo("clock_untrusted");
        return ((Verdict.Hold) verdict).why();
    }

    private static List<String> codes(Verdict verdict) {
        return verdict.trace().stream().map(Check::code).toList();
    }
}
