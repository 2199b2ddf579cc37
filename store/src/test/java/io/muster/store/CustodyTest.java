package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Warrant;
import io.muster.core.device.Credential.State;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Custody.Binding;
import io.muster.core.ledger.Custody.Binding.Standing;
import io.muster.core.ledger.Custody.Reason;
import io.muster.core.ledger.Custody.Taken;
import io.muster.core.ledger.Operation;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CustodyTest {

    private static final Reason STOLEN = new Reason("stolen from the yard");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_quarantined_device_is_refused_on_every_node_at_once_until_it_is_released(TestServer server)
            throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Serial serial = serial(enroll(scene, one, Requests.byKey("Pump-1", "key-1", "certified-1")));

            Device away = done(one.custody().quarantine(ACME, "pump-1", STOLEN, OPERATOR));
            assertThat(away.state()).isEqualTo(DeviceState.QUARANTINED);
            for (Store node : List.of(one, other)) {
                assertThat(refusal(scene.enroll(node, "pump-1", "key-1"))).isEqualTo(new Refusal.DeviceQuarantined());
                assertThat(refusal(enroll(scene, node, Requests.renewal("pump-1", serial, "certified-2"))))
                        .isEqualTo(new Refusal.DeviceQuarantined());
                assertThat(refusal(scene.pipeline(node).lookUp(Scene.request("pump-1", "key-1", Optional.empty()))))
                        .isEqualTo(new Refusal.DeviceQuarantined());
                assertThat(refusal(scene.enroll(node, "pump-2", "key-1"))).isEqualTo(new Refusal.IdentityKeyTaken());
            }

            Device back = done(other.custody().release(ACME, "PUMP-1", new Reason("found again"), OPERATOR));
            assertThat(back.version()).isEqualTo(away.version() + 1);
            assertThat(device(scene.enroll(one, "pump-1", "key-1")).id()).isEqualTo(away.id());
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_decommissioned_device_does_not_come_back_by_its_name_nor_by_any_key_it_ever_had(TestServer server)
            throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Store other = scene.node();
            store.registrar().change(Scene.enrollment(PUMPS, 2, Optional.empty(), true, KeyChange.ALLOW), OPERATOR);
            Serial first = serial(enroll(scene, store, Requests.byKey("pump-1", "key-1", "certified-1")));
            Serial second = serial(enroll(scene, store, Requests.byKey("pump-1", "key-2", "certified-2")));

            Device gone = done(store.custody().decommission(ACME, "pump-1", STOLEN, OPERATOR));
            assertThat(gone.state()).isEqualTo(DeviceState.DECOMMISSIONED);
            assertThat(other.custody().bindings(ACME, "pump-1").orElseThrow())
                    .hasSize(5)
                    .extracting(Binding::standing)
                    .containsOnly(Standing.BLOCKED);
            assertThat(refusal(scene.enroll(other, "pump-1", "key-2"))).isInstanceOf(Refusal.Blocked.class);
            assertThat(refusal(scene.enroll(other, "pump-1", "key-3"))).isInstanceOf(Refusal.Blocked.class);
            for (String key : List.of("key-1", "key-2", "certified-1", "certified-2")) {
                assertThat(refusal(scene.enroll(other, "pump-9", key))).isInstanceOf(Refusal.Blocked.class);
                assertThat(refusal(enroll(scene, other, Requests.byKey("pump-8", "key-8", key))))
                        .isInstanceOf(Refusal.Blocked.class);
            }
            assertThat(refusal(enroll(scene, other, Requests.renewal("pump-1", second, "certified-3"))))
                    .isInstanceOf(Refusal.Blocked.class);
            assertThat(kept(other, first).credential().state()).isEqualTo(State.SUPERSEDED);
            assertThat(kept(other, second).revokedAt()).hasValueSatisfying(it -> assertThat(it.reason())
                    .isEqualTo(Certificates.Reason.CESSATION_OF_OPERATION));
            assertThat(other.devices().find(ACME, "pump-1")).contains(gone);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void an_outward_id_leads_to_the_device_and_is_blocked_with_it() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().create(Scene.outward(new Name("sites"), "site-{registrationId}"), OPERATOR);
            Device device = device(scene.pipeline(store).enroll(Scene.requestTo("sites", "pump-1", "key-1")));
            assertThat(device.deviceId()).isEqualTo("site-pump-1");

            assertThat(done(store.custody().decommission(ACME, "site-pump-1", STOLEN, OPERATOR))
                            .id())
                    .isEqualTo(device.id());
            assertThat(refusal(scene.enroll(store, "site-pump-1", "key-2"))).isInstanceOf(Refusal.Blocked.class);
            assertThat(store.custody().bindings(ACME, "pump-1").orElseThrow())
                    .extracting(Binding::value)
                    .startsWith("pump-1", "site-pump-1");
        }
    }

    @Test
    void what_was_done_before_is_said_so_and_nothing_undoes_a_decommission() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            scene.enroll(store, "pump-1", "key-1");

            assertThat(store.custody().quarantine(ACME, "pump-2", STOLEN, OPERATOR))
                    .isEqualTo(new Taken.Unknown());
            assertThat(store.custody().quarantine(ACME, "no name!", STOLEN, OPERATOR))
                    .isEqualTo(new Taken.Unknown());
            assertThat(store.custody().quarantine(new Name("other"), "pump-1", STOLEN, OPERATOR))
                    .isEqualTo(new Taken.Unknown());
            assertThat(store.custody().release(ACME, "pump-1", STOLEN, OPERATOR))
                    .isInstanceOf(Taken.Already.class);
            done(store.custody().quarantine(ACME, "pump-1", STOLEN, OPERATOR));
            assertThat(store.custody().quarantine(ACME, "pump-1", STOLEN, OPERATOR))
                    .isInstanceOf(Taken.Already.class);
            done(store.custody().decommission(ACME, "pump-1", STOLEN, OPERATOR));
            assertThat(store.custody().decommission(ACME, "pump-1", STOLEN, OPERATOR))
                    .isInstanceOf(Taken.Already.class);
            assertThat(store.custody().release(ACME, "pump-1", STOLEN, OPERATOR))
                    .isInstanceOf(Taken.Gone.class);
            assertThat(store.custody().quarantine(ACME, "pump-1", STOLEN, OPERATOR))
                    .isInstanceOf(Taken.Gone.class);
        }
    }

    @Test
    void a_dry_run_says_what_would_be_and_writes_nothing() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Device device = device(scene.enroll(store, "pump-1", "key-1"));
            Warrant dry = new Warrant("test", "", "", true);

            assertThat(done(store.custody().decommission(ACME, "pump-1", STOLEN, dry))
                            .state())
                    .isEqualTo(DeviceState.DECOMMISSIONED);
            assertThat(store.devices().find(ACME, "pump-1")).contains(device);
        }
    }

    @Test
    void what_a_decommissioned_device_waits_for_is_ended_with_it() throws Exception {
        AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
        try (Scene scene = new Scene(
                TestServer.EXTERNAL.fresh(), directory, () -> Instant.now().plus(offset.get()))) {
            Store store = scene.furnished();
            scene.enroll(store, "pump-1", "key-1");
            offset.set(Duration.ofMinutes(6));
            Outcome.Deferred deferred = (Outcome.Deferred) scene.enroll(store, "pump-1", "key-1");
            offset.set(Duration.ZERO);

            done(store.custody().decommission(ACME, "pump-1", STOLEN, OPERATOR));
            assertThat(store.operations().find(ACME, id("pump-1"), deferred.operation()))
                    .map(Operation::state)
                    .hasValueSatisfying(state -> assertThat(state)
                            .isInstanceOfSatisfying(
                                    Operation.State.Failed.class,
                                    it -> assertThat(it.problem().code()).isEqualTo("blocked")));
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void no_success_begins_after_a_quarantine_commits(TestServer server) throws Exception {
        race(
                server,
                (store, name) -> store.custody().quarantine(ACME, name, STOLEN, OPERATOR),
                DeviceState.QUARANTINED);
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void no_success_begins_after_a_decommission_commits(TestServer server) throws Exception {
        race(
                server,
                (store, name) -> store.custody().decommission(ACME, name, STOLEN, OPERATOR),
                DeviceState.DECOMMISSIONED);
    }

    /// Devices knock at two nodes with old and new keys, under old and new names, while they are taken away.
    private void race(TestServer server, BiFunction<Store, String, Taken> take, DeviceState state) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            nodes.getFirst()
                    .registrar()
                    .change(Scene.enrollment(PUMPS, 2, Optional.empty(), true, KeyChange.ALLOW), OPERATOR);
            int devices = Boolean.getBoolean("muster.test.full") ? 100 : 8;
            for (int device = 0; device < devices; device++) {
                raceFor(scene, nodes, device, take);
                String name = "pump-" + device;
                assertThat(nodes.getFirst()
                                .devices()
                                .find(ACME, name)
                                .orElseThrow()
                                .state())
                        .isEqualTo(state);
                assertThat(nodes.getLast().devices().find(ACME, "thief-" + device))
                        .isEmpty();
            }
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    private static void raceFor(Scene scene, List<Store> nodes, int number, BiFunction<Store, String, Taken> take)
            throws Exception {
        String name = "pump-" + number;
        device(scene.enroll(nodes.getFirst(), name, name));
        AtomicBoolean taken = new AtomicBoolean();
        List<Future<List<Outcome>>> knocks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 12; thread++) {
                Store node = nodes.get(thread % 2);
                EnrollmentRequest request =
                        switch (thread % 4) {
                            case 0 -> Scene.request(name, name, Optional.of("{\"n\":" + thread + "}"));
                            case 1 -> Scene.request(name, name + "-new-" + thread, Optional.empty());
                            case 2 -> Requests.byKey(name, name, name + "-certified-" + thread);
                            default -> Scene.request("thief-" + number, name, Optional.empty());
                        };
                knocks.add(threads.submit(() -> knock(scene, node, request, taken)));
            }
            try {
                done(take.apply(nodes.get(number % 2), name));
            } finally {
                taken.set(true);
            }
        }
        for (Future<List<Outcome>> late : knocks) {
            assertThat(late.get()).isNotEmpty().noneMatch(Outcome.Enrolled.class::isInstance);
        }
    }

    /// What came of the requests that began after the device was taken.
    private static List<Outcome> knock(Scene scene, Store node, EnrollmentRequest request, AtomicBoolean taken) {
        List<Outcome> late = new ArrayList<>();
        while (late.size() < 3) {
            boolean before = taken.get();
            Outcome outcome = scene.pipeline(node).enroll(request);
            if (before) {
                late.add(outcome);
            }
        }
        return late;
    }

    private static Device done(Taken taken) {
        if (taken instanceof Taken.Done(Device device)) {
            return device;
        }
        throw new AssertionError("not taken: " + taken);
    }

    private static Outcome enroll(Scene scene, Store store, EnrollmentRequest request) {
        return scene.pipeline(store).enroll(request);
    }

    private static Serial serial(Outcome outcome) {
        return device(outcome).currentCredential().orElseThrow().serial();
    }

    private static Certificates.Kept kept(Store store, Serial serial) {
        return store.certificates().find(ACME, serial).orElseThrow();
    }

    private static Refusal refusal(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("not refused: " + outcome);
    }
}
