package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.HUB;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.Change;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {

    private static final Devices.Filter ALL =
            new Devices.Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void the_same_proof_leads_to_the_same_device_on_every_node(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Device first = device(scene.enroll(one, "Pump-1", "key-1"));
            Outcome again = scene.enroll(other, "pump-1", "key-1");

            assertThat(device(again)).isEqualTo(first);
            assertThat(((Outcome.Enrolled) again).change()).isEqualTo(Change.UNCHANGED);
            assertThat(first.version()).isEqualTo(1);
            assertThat(first.assignment().endpoint()).isEqualTo("mqtts://eu-1.example.com:8883");
            assertThat(other.devices().find(ACME, "PUMP-1")).contains(first);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void every_attempt_is_kept_with_its_trace_and_found_by_its_number(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            scene.enroll(store, "pump-1", "key-1");
            Outcome refused = scene.enroll(store, "pump-1", "another key");

            assertThat(refused).isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                    .isEqualTo(new Refusal.IdentityKeyChanged()));
            List<Attempt> attempts = store.attempts().of(ACME, id("pump-1"), 10);
            assertThat(attempts).extracting(Attempt::code).containsExactly("identity_key_changed", "initial");
            assertThat(attempts.getFirst().trace().getLast().code()).isEqualTo("identity_key_changed");
            assertThat(attempts.getFirst().origin().orElseThrow().enrollment()).isEqualTo(PUMPS);
            assertThat(store.attempts().find(ACME, refused.attempt())).contains(attempts.getFirst());
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_key_that_is_replaced_belongs_to_its_device_for_ever(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().change(Scene.enrollment(PUMPS, 2, Optional.empty(), true, KeyChange.ALLOW), OPERATOR);
            Device first = device(scene.enroll(store, "pump-1", "old"));
            Device second = device(scene.enroll(store, "pump-1", "new"));
            Outcome thief = scene.enroll(store, "pump-2", "old");
            Device back = device(scene.enroll(store, "pump-1", "old"));

            assertThat(second.id()).isEqualTo(first.id());
            assertThat(second.version()).isEqualTo(2);
            assertThat(second.identityKeys()).containsExactly(Scene.key("new"));
            assertThat(thief).isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                    .isEqualTo(new Refusal.IdentityKeyTaken()));
            assertThat(back.version()).isEqualTo(3);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_one_node_disables_the_other_refuses_at_its_next_commit(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            device(scene.enroll(other, "pump-1", "key-1"));
            one.registrar().change(Scene.group(PUMPS, 2, false), OPERATOR);
            Outcome known = scene.enroll(other, "pump-1", "key-1");
            Outcome fresh = scene.enroll(other, "pump-2", "key-2");

            assertThat(List.of(known, fresh)).allSatisfy(outcome -> assertThat(outcome)
                    .isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                            .isEqualTo(new Refusal.EnrollmentDisabled("pumps"))));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_individual_enrollment_takes_its_device_out_of_every_group_at_once(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            one.registrar()
                    .create(
                            Scene.enrollment(new Name("mine"), 1, Optional.of(id("pump-1")), false, KeyChange.REFUSE),
                            OPERATOR);
            Outcome outcome = scene.enroll(other, "pump-1", "key-1");

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                    .isEqualTo(new Refusal.EnrollmentDisabled("mine")));
            assertThat(device(scene.enroll(other, "pump-2", "key-2")).origin().enrollment())
                    .isEqualTo(PUMPS);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void pages_show_every_device_once(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            for (int i = 0; i < 25; i++) {
                device(scene.enroll(store, "pump-" + i, "key-" + i));
            }
            Set<String> seen = new HashSet<>();
            Optional<String> cursor = Optional.empty();
            int pages = 0;
            do {
                Devices.Page page = store.devices().list(ACME, ALL, cursor, 10);
                page.items()
                        .forEach(item -> assertThat(seen.add(item.deviceId())).isTrue());
                cursor = page.next();
                pages++;
            } while (cursor.isPresent());

            assertThat(pages).isEqualTo(3);
            assertThat(seen).hasSize(25);
            assertThat(store.devices().census().devices()).isEqualTo(25);
            Devices.Filter elsewhere = new Devices.Filter(
                    Optional.of(PUMPS), Optional.empty(), Optional.of(new Name("us-1")), Optional.empty());
            assertThat(store.devices()
                            .list(ACME, elsewhere, Optional.empty(), 10)
                            .items())
                    .isEmpty();
            Devices.Filter here =
                    new Devices.Filter(Optional.of(PUMPS), Optional.empty(), Optional.of(HUB), Optional.empty());
            assertThat(store.devices().list(ACME, here, Optional.empty(), 100).items())
                    .hasSize(25);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void the_roster_is_read_as_it_was_written(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            var registrar = store.registrar();
            var mine = Scene.enrollment(new Name("mine"), 1, Optional.of(id("Pump-1")), true, KeyChange.ALLOW);

            assertThat(registrar.create(mine, OPERATOR)).isEqualTo(new Registered.Done<>(mine));
            assertThat(registrar.create(mine, OPERATOR)).isInstanceOf(Registered.Exists.class);
            assertThat(registrar.change(mine, OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(registrar.create(Scene.hub(HUB), OPERATOR)).isInstanceOf(Registered.Exists.class);
            assertThat(registrar.enrollment(ACME, new Name("mine"))).contains(mine);
            assertThat(registrar.enrollments(ACME, Optional.empty(), 10))
                    .containsExactly(Scene.group(PUMPS, 1, true), mine);
            assertThat(registrar.enrollments(ACME, Optional.of(PUMPS), 10)).containsExactly(mine);
            assertThat(registrar.hubs(ACME)).containsExactly(Scene.hub(HUB));
        }
    }
}
