package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.connectivity.Hub;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted;
import io.muster.core.door.ClaimId;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Movements;
import io.muster.core.permission.Rights;
import io.muster.core.policy.Snapshot;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OversightTest {

    private static final ClaimId CLAIM = new ClaimId(new UUID(4, 2));

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);
    private final Moving moving = new Moving();
    private final Oversight oversight = new Oversight(house.enroll, moving, house.clock);
    private final List<String> ended = new ArrayList<>();

    @Test
    void where_nobody_stays_nothing_is_asked() {
        assertThat(oversight.look()).isFalse();
        assertThat(moving.asked).isEmpty();
    }

    @Test
    void whom_nothing_concerns_is_asked_about_once_and_then_no_more() {
        over(connected("pump-1"));
        oversight.look();
        assertThat(moving.asked).containsExactly("now", "since", "shut 1", "changed 1");
        moving.asked.clear();
        oversight.look();
        assertThat(moving.asked).containsExactly("since");
        assertThat(ended).isEmpty();
    }

    @Test
    void a_device_of_which_something_was_written_is_judged_again() {
        Admitted.Known one = connected("pump-1");
        Admitted.Known other = connected("pump-2");
        over(one);
        over(other);
        oversight.look();
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();

        moving.devices.put(one.device().id(), one.device().version() + 1);
        oversight.look();
        assertThat(ended).containsExactly("pump-1");
        oversight.look();
        assertThat(ended).containsExactly("pump-1");
    }

    @Test
    void a_device_that_may_stay_stays_and_is_not_judged_for_the_same_act_again() {
        Admitted.Known known = connected("pump-1");
        over(known);
        oversight.look();
        moving.devices.put(known.device().id(), known.device().version());
        int before = house.observer.courses.size();
        oversight.look();
        assertThat(house.observer.courses).hasSize(before);
        moving.devices.put(known.device().id(), known.device().version() + 1);
        oversight.look();
        assertThat(house.observer.courses).hasSize(before + 1);
        assertThat(ended).isEmpty();
    }

    @Test
    void what_was_written_between_admission_and_the_first_look_counts() {
        Admitted.Known known = connected("pump-1");
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();
        over(known);
        moving.changed.add(known.device().id());
        oversight.look();
        assertThat(ended).containsExactly("pump-1");
    }

    @Test
    void a_new_edition_is_held_against_everybody_at_once() {
        Admitted.Known one = connected("pump-1");
        over(one);
        over(connected("pump-2"));
        oversight.look();
        moving.edition++;
        moving.shut.add(new Movements.Guest(
                Sample.ACME.name(),
                Sample.PUMPS.name(),
                Optional.of(one.device().registrationId())));
        moving.asked.clear();
        oversight.look();
        assertThat(moving.asked).containsExactly("since", "shut 2");
        assertThat(ended).containsExactly("pump-1");
    }

    @Test
    void whoever_holds_a_claim_may_stay_until_it_is_revoked_or_ends() {
        moving.claims.put(CLAIM, Sample.NOW.plusSeconds(60));
        over(claimant());
        oversight.look();
        assertThat(ended).isEmpty();
        house.clock.forward(Duration.ofSeconds(60));
        oversight.look();
        assertThat(ended).containsExactly("claim");

        moving.claims.put(CLAIM, Instant.MAX);
        over(claimant());
        oversight.look();
        moving.claims.clear();
        moving.claimsMoved = true;
        oversight.look();
        assertThat(ended).containsExactly("claim", "claim");
    }

    @Test
    void whoever_could_not_be_judged_stays_and_is_judged_again() {
        Admitted.Known known = connected("pump-1");
        over(known);
        oversight.look();
        moving.devices.put(known.device().id(), known.device().version() + 1);
        moving.changed.add(known.device().id());
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofDays(3650), "the database's clock"));
        oversight.look();
        assertThat(ended).isEmpty();

        moving.devices.clear();
        house.ledger.clock(new Snapshot.Clock.Trusted());
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();
        oversight.look();
        assertThat(ended).containsExactly("pump-1");
    }

    @Test
    void while_the_ledger_cannot_be_reached_nobody_is_sent_away_and_nothing_is_missed() {
        Admitted.Known known = connected("pump-1");
        over(known);
        oversight.look();
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();
        moving.edition++;
        moving.down = true;
        assertThatThrownBy(oversight::look).isInstanceOf(LedgerUnavailable.class);
        assertThat(ended).isEmpty();

        moving.down = false;
        moving.asked.clear();
        oversight.look();
        assertThat(moving.asked).containsExactly("since", "shut 1");
    }

    @Test
    void a_connection_ends_with_its_token_even_while_the_ledger_cannot_be_reached() {
        Instant end = Sample.NOW.plusSeconds(60);
        over(connected("pump-1", "key-1&se=" + end.getEpochSecond()));
        over(connected("pump-2"));
        oversight.look();
        house.clock.forward(Duration.ofSeconds(59));
        oversight.look();
        assertThat(ended).isEmpty();
        moving.edition++;
        moving.down = true;
        house.clock.forward(Duration.ofSeconds(1));
        assertThatThrownBy(oversight::look).isInstanceOf(LedgerUnavailable.class);
        assertThatThrownBy(oversight::look).isInstanceOf(LedgerUnavailable.class);
        assertThat(ended).containsExactly("pump-1");
    }

    @Test
    void a_device_that_is_quarantined_released_or_moved_comes_again_as_what_it_is_now() {
        Admitted.Known enabled = connected("pump-1");
        Device ill = enabled.device().next().in(DeviceState.QUARANTINED);
        Admitted.Known heard =
                new Admitted.Known(ill, enabled.proof(), enabled.rights().heardOnly());
        over(enabled);
        oversight.look();
        becomes(ill);
        assertThat(ended).containsExactly("pump-1");

        over(heard);
        becomes(ill.next());
        assertThat(ended).as("it is still in quarantine").hasSize(1);
        becomes(ill.next().next().in(DeviceState.ENABLED));
        assertThat(ended).hasSize(2);

        over(connected("pump-1"));
        oversight.look();
        Device here = connected("pump-1").device();
        becomes(assigned(here, here.assignment().equals(Sample.EU_1.assignment()) ? Sample.EU_2 : Sample.EU_1));
        assertThat(ended).hasSize(3);
    }

    private void becomes(Device device) {
        house.ledger.put(device);
        moving.devices.put(device.id(), device.version());
        oversight.look();
    }

    private static Device assigned(Device it, Hub hub) {
        return new Device(
                it.id(),
                it.tenant(),
                it.registrationId(),
                it.deviceId(),
                it.version() + 1,
                it.state(),
                it.origin(),
                it.type(),
                it.identityKeys(),
                hub.assignment(),
                it.payload(),
                it.createdAt(),
                it.updatedAt());
    }

    @Test
    void whoever_left_is_told_nothing() {
        Admitted.Known known = connected("pump-1");
        over(known).close();
        moving.changed.add(known.device().id());
        house.roster.publish(Sample.disabled(Sample.PUMPS)).refresh();
        oversight.look();
        assertThat(ended).isEmpty();
    }

    private Watch over(Admitted.Inside inside) {
        return oversight.over(
                inside,
                () -> ended.add(
                        inside instanceof Admitted.Known it
                                ? it.device().registrationId().canonical()
                                : "claim"));
    }

    private Admitted.Known connected(String name) {
        return connected(name, "key-" + name);
    }

    private Admitted.Known connected(String name, String key) {
        EnrollmentRequest request = Sample.request(Sample.id(name), "red", key);
        Device device = ((Outcome.Enrolled) house.enroll.enroll(request)).device();
        return new Admitted.Known(device, request, new Rights.OwnTopics(device.deviceId()));
    }

    private static Admitted.Claimant claimant() {
        return new Admitted.Claimant(Sample.ACME.name(), Sample.PUMPS.name(), CLAIM, "ab".repeat(32), 100);
    }

    /// Says what a test wants, and keeps what it was asked.
    private static final class Moving implements Movements {

        final List<String> asked = new ArrayList<>();
        final Map<DeviceId, Long> devices = new HashMap<>();
        final Set<DeviceId> changed = new HashSet<>();
        final Set<Guest> shut = new HashSet<>();
        final Map<ClaimId, Instant> claims = new HashMap<>();
        long edition = 1;
        boolean claimsMoved;
        boolean down;

        @Override
        public Mark now() {
            asked.add("now");
            return new Mark(edition, Map.of());
        }

        @Override
        public Moved since(Mark mark) {
            asked.add("since");
            return new Moved(new Mark(edition, Map.of()), devices, claimsMoved, false);
        }

        @Override
        public Set<DeviceId> changed(List<Seen> those) {
            asked.add("changed " + those.size());
            return changed;
        }

        @Override
        public Set<Guest> shut(long newest, Set<Guest> guests) {
            asked.add("shut " + guests.size());
            if (down) {
                throw new LedgerUnavailable("The database is down.", new IllegalStateException("down"));
            }
            return shut;
        }

        @Override
        public Map<ClaimId, Instant> standing(Name tenant, Collection<ClaimId> those) {
            return Map.copyOf(claims);
        }
    }
}
