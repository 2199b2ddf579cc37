package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.THINGS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import io.muster.core.ledger.Custody.Reason;
import io.muster.core.ledger.Movements;
import io.muster.core.ledger.Movements.Guest;
import io.muster.core.ledger.Movements.Mark;
import io.muster.core.ledger.Movements.Moved;
import io.muster.core.ledger.Movements.Seen;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MovementsTest {

    private static final Reason WHY = new Reason("opened");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_one_node_did_to_a_device_is_read_once_at_the_other(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Movements there = scene.node().movements();
            Device pump = device(scene.enroll(one, "pump-1", "key-1"));
            Mark mark = there.now();

            Device other = device(scene.enroll(one, "pump-2", "key-2"));
            Moved enrolled = there.since(mark);
            assertThat(enrolled.devices()).isEmpty();
            assertThat(enrolled.mark()).isNotEqualTo(mark);

            one.custody().quarantine(ACME, "pump-1", WHY, OPERATOR);
            one.custody().decommission(ACME, "pump-2", WHY, OPERATOR);
            Moved moved = there.since(enrolled.mark());
            assertThat(moved.devices())
                    .containsOnly(Map.entry(pump.id(), pump.version() + 1), Map.entry(other.id(), other.version() + 1));
            assertThat(moved.claims()).isFalse();
            assertThat(moved.more()).isFalse();
            assertThat(there.since(moved.mark()).devices()).isEmpty();
            assertThat(there.since(new Mark(0, Map.of())).devices()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_device_that_was_seen_in_another_version_has_changed(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Device pump = device(scene.enroll(store, "pump-1", "key-1"));
            Device still = device(scene.enroll(store, "pump-2", "key-2"));
            List<Seen> seen = List.of(seen(pump), seen(still));
            assertThat(store.movements().changed(seen)).isEmpty();

            store.custody().quarantine(ACME, "pump-1", WHY, OPERATOR);
            assertThat(store.movements().changed(seen)).containsExactly(pump.id());
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void enrollments_and_tenants_let_in_whom_they_let_in_when_he_knocks(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Movements there = scene.node().movements();
            Guest pump = guest(PUMPS, "pump-1");
            Guest second = guest(PUMPS, "pump-2");
            Guest claimant = new Guest(ACME, PUMPS, Optional.empty());
            Guest stranger = guest(new Name("none"), "pump-1");
            Set<Guest> all = Set.of(pump, second, claimant, stranger);
            assertThat(shut(there, all)).containsExactly(stranger);

            one.registrar()
                    .create(
                            Scene.enrollment(new Name("alone"), 1, Optional.of(id("pump-1")), true, KeyChange.REFUSE),
                            OPERATOR);
            Guest alone = guest(new Name("alone"), "pump-1");
            assertThat(shut(there, Set.of(pump, second, alone))).containsExactly(pump);
            one.registrar()
                    .change(
                            Scene.enrollment(new Name("alone"), 2, Optional.of(id("pump-1")), false, KeyChange.REFUSE),
                            OPERATOR);
            assertThat(shut(there, Set.of(pump, second, alone))).containsExactlyInAnyOrder(pump, alone);

            one.registrar().change(Scene.group(PUMPS, 2, false), OPERATOR);
            assertThat(shut(there, Set.of(second, claimant))).containsExactlyInAnyOrder(second, claimant);
            one.registrar().change(Scene.group(PUMPS, 3, true), OPERATOR);
            assertThat(shut(there, Set.of(second, claimant))).isEmpty();
            one.registrar().change(new Tenant(ACME, true), new Tenant(ACME, false), OPERATOR);
            assertThat(shut(there, Set.of(second, claimant))).containsExactlyInAnyOrder(second, claimant);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_stands_until_it_is_revoked(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            one.registrar().create(Scene.things(1, true), OPERATOR);
            Movements there = scene.node().movements();
            Claim claim = claim(one);
            Mark mark = there.now();
            Set<ClaimId> asked = Set.of(claim.id(), new ClaimId(new UUID(1, 2)));
            assertThat(there.standing(ACME, asked)).containsOnly(Map.entry(claim.id(), claim.notAfter()));
            assertThat(there.standing(new Name("nobody"), asked)).isEmpty();

            one.claims().revoke(ACME, claim.name(), OPERATOR);
            assertThat(there.since(mark).claims()).isTrue();
            assertThat(there.standing(ACME, asked)).isEmpty();
        }
    }

    private static Set<Guest> shut(Movements movements, Set<Guest> guests) {
        return movements.shut(movements.now().edition(), guests);
    }

    private static Guest guest(Name enrollment, String device) {
        return new Guest(ACME, enrollment, Optional.of(id(device)));
    }

    private static Seen seen(Device device) {
        return new Seen(ACME, device.registrationId(), device.id(), device.version());
    }

    private static Claim claim(Store store) {
        Claims.Order order = new Claims.Order(
                ACME,
                new Name("line-1"),
                THINGS,
                Bytes.of("certificate".getBytes(StandardCharsets.UTF_8)),
                Claim.Budget.standard(),
                Instant.now().plus(1, ChronoUnit.DAYS));
        return ((Registered.Done<Claim>) store.claims().make(order, OPERATOR)).value();
    }
}
