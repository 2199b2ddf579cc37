package io.muster.core.flow;

import static io.muster.core.testkit.Sample.PUMPS;
import static io.muster.core.testkit.Sample.PUMP_1;
import static io.muster.core.testkit.Sample.asking;
import static io.muster.core.testkit.Sample.csr;
import static io.muster.core.testkit.Sample.id;
import static io.muster.core.testkit.Sample.request;
import static io.muster.core.testkit.Sample.treating;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestation;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Outcome;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.flow.Rehearsal.Bounds;
import io.muster.core.ledger.Attempt;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.core.roster.Treatment.Reprovision;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.MemoryArchive;
import io.muster.core.testkit.PlainFacts;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    private static final Bounds WIDE = new Bounds(100_000, 100, Duration.ofMinutes(1));

    private final Gatehouse house = new Gatehouse(PUMPS);

    @Test
    void to_disable_an_enrollment_flips_every_try_that_it_let_in() {
        comes("pump-1", "k1");
        comes("pump-1", "k1");
        comes("pump-2", "k2");

        Difference difference = diff(Sample.disabled(PUMPS));

        assertThat(difference.counts()).isEqualTo(new Difference.Counts(3, 0, 3, 0, 0, 0, 0, 0));
        assertThat(difference.codes())
                .containsExactlyInAnyOrder(
                        new Difference.Tallied("initial", "enrollment_disabled", 2),
                        new Difference.Tallied("unchanged", "enrollment_disabled", 1));
        assertThat(difference.listed())
                .extracting(it -> it.registrationId().display())
                .containsExactlyInAnyOrder("pump-1", "pump-1", "pump-2");
        assertThat(difference.next()).isEmpty();
    }

    @Test
    void to_allow_new_identity_keys_flips_those_tries_alone_that_came_with_one() {
        comes("pump-1", "k1");
        comes("pump-1", "k9");
        comes("pump-2", "k2");

        Difference difference = diff(treating(PUMPS, Sample.keyChange(Sample.KEEP, KeyChange.ALLOW)));

        assertThat(difference.counts()).isEqualTo(new Difference.Counts(3, 2, 1, 0, 0, 0, 0, 0));
        assertThat(difference.codes()).containsExactly(new Difference.Tallied("identity_key_changed", "rekeyed", 1));
        Difference.Changed flip = difference.listed().getFirst();
        assertThat(flip.registrationId()).isEqualTo(PUMP_1);
        assertThat(flip.from().deciding())
                .hasValueSatisfying(it -> assertThat(it.code()).isEqualTo("identity_key_changed"));
    }

    @Test
    void another_allocation_moves_devices_that_may_be_moved_and_a_hub_that_takes_none_flips_them() {
        comes("pump-1", "k1");
        comes("pump-1", "k1");
        comes("pump-2", "k2");
        Name hub = device("pump-1").assignment().hub();
        Name other = hub.equals(Sample.EU_1.name()) ? Sample.EU_2.name() : Sample.EU_1.name();
        var movable = Sample.reprovision(Sample.KEEP, Reprovision.MIGRATE);

        Difference moved = diff(treating(PUMPS, Sample.allocation(movable, new Allocation.Static(other))));
        assertThat(moved.counts().moves() + moved.counts().same()).isEqualTo(3);
        assertThat(moved.hubs()).contains(new Difference.Tallied(hub.value(), other.value(), 2));

        house.roster.publishHubs(Sample.disabled(Sample.EU_1), Sample.EU_2).refresh();
        Difference flipped =
                diff(treating(PUMPS, Sample.allocation(movable, new Allocation.Static(Sample.EU_1.name()))));
        assertThat(flipped.counts().flips()).isEqualTo(3);
        assertThat(flipped.codes()).allSatisfy(it -> assertThat(it.to()).isEqualTo("no_hub"));
    }

    @Test
    void terms_that_refuse_flip_those_alone_that_asked_for_a_certificate() {
        comes("pump-1", "k1");
        house.enroll.enroll(asking(request(id("pump-2"), "red", "k2"), csr("c2")));
        CertificateTerms terms =
                new CertificateTerms(new Name("nowhere"), Optional.empty(), Duration.ZERO, true, false);

        Difference difference = diff(treating(PUMPS, Sample.certificates(Sample.KEEP, terms)));

        assertThat(difference.counts()).isEqualTo(new Difference.Counts(2, 1, 1, 0, 0, 0, 0, 0));
        assertThat(difference.codes()).containsExactly(new Difference.Tallied("initial", "profile_missing", 1));
    }

    @Test
    void another_type_changes_how_devices_are_treated_and_flips_none() {
        comes("pump-1", "k1");
        comes("pump-1", "k1");

        Difference difference = diff(treating(PUMPS, Sample.type(Sample.KEEP, "big-pump")));

        assertThat(difference.counts()).isEqualTo(new Difference.Counts(2, 1, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void the_version_that_decided_gives_what_was_recorded() {
        comes("pump-1", "k1");
        comes("pump-1", "k1");
        comes("pump-1", "k9");
        comes("pump-2", "k1");
        house.enroll.enroll(asking(request(id("pump-3"), "red", "k3"), csr("c3")));
        house.enroll.enroll(asking(request(id("pump-3"), "red", "k3"), csr("c3")));
        house.enroll.enroll(asking(request(id("pump-3"), "red", "k3"), csr("c4")));
        house.enroll.enroll(asking(request(id("pump-4"), "red", "k4"), csr("c4")));
        house.enroll.enroll(Sample.saying(request(PUMP_1, "red", "k1"), "{\"firmware\":\"2\"}"));
        house.ledger.block(id("pump-5"));
        comes("pump-5", "k5");

        List<Attempt> attempts = house.ledger.attempts().stream()
                .filter(it -> !it.code().equals("identity_key_contested"))
                .toList();
        assertThat(attempts).extracting(Attempt::code).contains("initial", "unchanged", "blocked", "updated");
        assertThat(attempts).allSatisfy(attempt -> assertThat(rehearsal(PUMPS).retry(attempt.tenant(), attempt.id()))
                .hasValueSatisfying(it -> assertThat(it)
                        .isInstanceOfSatisfying(Retried.Again.class, again -> assertThat(again.isRepeatable())
                                .as(attempt.code() + " " + again.then())
                                .isTrue())));
    }

    @Test
    void a_try_that_the_present_version_decides_otherwise_says_so() {
        comes("pump-1", "k1");
        Enrollment disabled = Sample.disabled(PUMPS);
        house.roster.publish(disabled).refresh();
        Attempt attempt = house.ledger.attempts().getFirst();

        Retried.Again again = (Retried.Again)
                rehearsal(PUMPS, disabled).retry(attempt.tenant(), attempt.id()).orElseThrow();

        assertThat(again.isRepeatable()).isTrue();
        assertThat(again.now()).isInstanceOfSatisfying(Decided.class, it -> assertThat(it.code())
                .isEqualTo("enrollment_disabled"));
    }

    @Test
    void a_token_that_was_spent_stays_spent() {
        house.enroll.enroll(token("pump-1", "c1"));
        house.enroll.enroll(token("pump-2", "c2"));
        Attempt spent = house.ledger.attempts().getFirst();
        assertThat(spent.code()).isEqualTo("token_spent");

        assertThat(rehearsal(PUMPS).retry(spent.tenant(), spent.id()))
                .hasValueSatisfying(
                        it -> assertThat(((Retried.Again) it).isRepeatable()).isTrue());
    }

    @Test
    void a_deferred_try_decided_nothing_and_is_set_aside() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofHours(1), "the database's clock"));
        comes("pump-1", "k1");
        house.ledger.clock(new Snapshot.Clock.Trusted());
        comes("pump-2", "k2");

        Difference difference = diff(Sample.disabled(PUMPS));

        assertThat(difference.counts()).isEqualTo(new Difference.Counts(1, 0, 1, 0, 0, 0, 0, 1));
        assertThat(house.ledger.attempts().stream()
                        .filter(it -> it.code().equals("deferred"))
                        .map(it -> rehearsal(PUMPS).retry(it.tenant(), it.id()).orElseThrow()))
                .allSatisfy(it -> assertThat(it).isInstanceOf(Retried.Impossible.class));
    }

    @Test
    void where_the_bounds_end_it_the_rest_follows_from_there() {
        for (int i = 0; i < 25; i++) {
            comes("pump-" + i, "k" + i);
        }
        Bounds narrow = new Bounds(10, 3, Duration.ofMinutes(1));

        Difference first = rehearsal(PUMPS).diff(Sample.disabled(PUMPS), Instant.EPOCH, Optional.empty(), narrow);
        Difference second = rehearsal(PUMPS).diff(Sample.disabled(PUMPS), Instant.EPOCH, first.next(), narrow);
        Difference third = rehearsal(PUMPS).diff(Sample.disabled(PUMPS), Instant.EPOCH, second.next(), narrow);

        assertThat(List.of(first, second, third))
                .extracting(it -> it.counts().flips())
                .containsExactly(10L, 10L, 5L);
        assertThat(first.listed()).hasSize(3);
        assertThat(third.next()).isEmpty();
    }

    @Test
    void a_device_with_an_enrollment_of_its_own_by_now_is_none_of_the_groups_affair() {
        comes("pump-1", "k1");
        comes("pump-2", "k2");
        Enrollment mine = Sample.individual("mine", PUMP_1, "blue");

        Difference difference =
                rehearsal(PUMPS, mine).diff(Sample.disabled(PUMPS), Instant.EPOCH, Optional.empty(), WIDE);

        assertThat(difference.counts()).isEqualTo(new Difference.Counts(2, 1, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void a_sample_is_decided_and_leaves_nothing() {
        comes("pump-1", "k1");
        int acts = house.ledger.acts().size();
        List<Device> devices = house.ledger.devices();
        Rehearsal rehearsal = rehearsal(PUMPS);

        assertThat(rehearsal.test(PUMPS, sample("pump-7"))).isInstanceOfSatisfying(Decided.class, it -> {
            assertThat(it.code()).isEqualTo("initial");
            assertThat(it.hub()).isPresent();
            assertThat(it.trace()).extracting(check -> check.code()).contains("proof_assumed", "name_free", "placed");
        });
        assertThat(rehearsal.test(Sample.group("strangers", "x"), sample("pump-7")))
                .isInstanceOfSatisfying(
                        Decided.class, it -> assertThat(it.code()).isEqualTo("not_enrolled"));

        assertThat(house.ledger.acts()).hasSize(acts);
        assertThat(house.ledger.devices()).isEqualTo(devices);
        assertThat(house.strangers.counts()).isEmpty();
    }

    private static SampleDevice sample(String name) {
        return new SampleDevice(id(name), new SampleDevice.Shown.Assumed(false), Optional.empty(), Optional.empty());
    }

    private EnrollmentRequest token(String name, String key) {
        return Sample.showing(
                request(id(name), "red", key),
                new Evidence.OneTimeToken("00000000-0000-0000-0000-000000000001"),
                csr(key));
    }

    private Outcome comes(String name, String key) {
        return house.enroll.enroll(request(id(name), "red", key));
    }

    private Device device(String name) {
        return house.ledger.devices().stream()
                .filter(it -> it.registrationId().display().equals(name))
                .findFirst()
                .orElseGet(() -> Sample.pump1(Sample.EU_1));
    }

    private Difference diff(Enrollment changed) {
        return rehearsal(PUMPS).diff(changed, Instant.EPOCH, Optional.empty(), WIDE);
    }

    private Rehearsal rehearsal(Enrollment... versions) {
        return new Rehearsal(
                house.roster,
                new Attestation(List.of(house.attestor, house.holders)),
                house.ledger,
                new MemoryArchive(house, versions).archive(),
                new PlainFacts(),
                house.clock);
    }
}
