package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential.State;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Certificates.Filter;
import io.muster.core.ledger.Certificates.Page;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Ledger.Recorded;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RaceTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void two_nodes_and_64_threads_break_no_promise(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            nodes.getFirst()
                    .registrar()
                    .change(Scene.enrollment(PUMPS, 2, Optional.empty(), true, KeyChange.ALLOW), OPERATOR);
            int acts = Boolean.getBoolean("muster.test.full") ? 40_000 : 1_500;
            Random random = new Random(4711);
            Map<String, Long> acknowledged = new ConcurrentHashMap<>();
            Map<String, String> devicesByName = new ConcurrentHashMap<>();
            Set<Bytes> certificates = ConcurrentHashMap.newKeySet();
            List<Future<?>> futures = new ArrayList<>();
            try (ExecutorService threads =
                    Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
                for (int i = 0; i < acts; i++) {
                    String name = "pump-" + random.nextInt(60);
                    String key = "key-" + random.nextInt(90);
                    Optional<String> payload =
                            random.nextInt(4) == 0 ? Optional.of("{\"n\":" + i + "}") : Optional.empty();
                    String certified =
                            random.nextBoolean() ? "key-" + random.nextInt(140) : name + "-" + random.nextInt(4);
                    EnrollmentRequest request = random.nextInt(3) == 0
                            ? Requests.byKey(name, key, certified)
                            : Scene.request(name, key, payload);
                    Store node = nodes.get(random.nextInt(2));
                    futures.add(threads.submit(() -> {
                        if (scene.pipeline(node).enroll(request) instanceof Outcome.Enrolled enrolled) {
                            FaultTest.acknowledge(acknowledged, enrolled.device());
                            enrolled.issued().ifPresent(issued -> certificates.add(issued.certificate()));
                            String device = enrolled.device().id().toString();
                            assertThat(devicesByName.merge(name, device, (a, b) -> a.equals(b) ? a : "two"))
                                    .isEqualTo(device);
                        }
                        return null;
                    }));
                }
            }

            assertThat(futures).allSatisfy(future -> assertThat(future.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(acknowledged).hasSizeGreaterThan(30);
            assertThat(certificates).hasSizeGreaterThan(5);
            assertThat(kept(nodes.getFirst())).containsAll(certificates);
            LedgerInvariants ledger = new LedgerInvariants(scene.database());
            assertThat(ledger.lost(acknowledged)).isEmpty();
            assertThat(ledger.breaches()).isEmpty();
        }
    }

    @Test
    void a_hundred_requests_for_one_identity_with_different_keys_leave_one_newest_certificate() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            List<Future<Outcome>> futures = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    Store node = nodes.get(i % 2);
                    EnrollmentRequest request = Requests.byKey("pump-1", "key-1", "certified-" + i);
                    futures.add(threads.submit(() -> scene.pipeline(node).enroll(request)));
                }
            }

            assertThat(futures).allSatisfy(future -> assertThat(future.resultNow())
                    .isInstanceOfAny(Outcome.Enrolled.class, Outcome.Deferred.class));
            List<Outcome.Enrolled> enrolled = futures.stream()
                    .map(Future::resultNow)
                    .filter(Outcome.Enrolled.class::isInstance)
                    .map(Outcome.Enrolled.class::cast)
                    .toList();
            assertThat(enrolled).isNotEmpty();
            assertThat(enrolled.stream().map(it -> it.device().id()).distinct()).hasSize(1);
            assertThat(kept(nodes.getFirst()))
                    .containsAll(enrolled.stream()
                            .map(it -> it.issued().orElseThrow().certificate())
                            .toList());
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_request_that_comes_fifty_times_at_once_gets_one_certificate() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            EnrollmentRequest request = Requests.byKey("pump-1", "key-1", "certified-1");
            List<Future<Outcome>> futures = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    Store node = nodes.get(i % 2);
                    futures.add(threads.submit(() -> scene.pipeline(node).enroll(request)));
                }
            }

            assertThat(futures.stream()
                            .map(future -> (Outcome.Enrolled) future.resultNow())
                            .map(it -> it.issued().orElseThrow().certificate())
                            .distinct())
                    .hasSize(1);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.credential"))
                    .isEqualTo(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void one_key_that_two_devices_want_certified_at_once_is_certified_for_one() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            for (int round = 0; round < 20; round++) {
                String key = "certified-" + round;
                EnrollmentRequest one = Requests.byKey(key + "-a", key + "-a", key);
                EnrollmentRequest other = Requests.byKey(key + "-b", key + "-b", key);
                List<Outcome> outcomes =
                        atOnce(() -> scene.pipeline(nodes.get(0)).enroll(one), () -> scene.pipeline(nodes.get(1))
                                .enroll(other));
                assertThat(outcomes)
                        .filteredOn(Outcome.Enrolled.class::isInstance)
                        .hasSize(1);
                assertThat(outcomes)
                        .filteredOn(Outcome.Refused.class::isInstance)
                        .hasSize(1);
            }
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_certificate_that_is_renewed_and_revoked_at_once_is_revoked_in_the_end() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            for (int round = 0; round < 20; round++) {
                String name = "pump-" + round;
                Serial serial = CertificatesTest.serial(
                        scene.pipeline(nodes.get(0)).enroll(Requests.byKey(name, name, name + "-1")));
                List<Outcome> outcomes = atOnce(
                        () -> scene.pipeline(nodes.get(0)).enroll(Requests.renewal(name, serial, name + "-2")), () -> {
                            nodes.get(1).certificates().revoke(ACME, serial, Reason.KEY_COMPROMISE, OPERATOR);
                            return scene.pipeline(nodes.get(1)).enroll(Requests.renewal(name, serial, name + "-3"));
                        });
                assertThat(outcomes.getLast())
                        .isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                                .isInstanceOf(Refusal.CertificateRevoked.class));
                assertThat(nodes.getFirst()
                                .certificates()
                                .find(ACME, serial)
                                .orElseThrow()
                                .credential()
                                .state())
                        .isEqualTo(State.REVOKED);
            }
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void one_name_and_two_keys_at_once_make_one_device_and_one_refusal() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            for (int round = 0; round < 20; round++) {
                String name = "pump-" + round;
                List<Outcome> outcomes = atOnce(
                        () -> scene.enroll(nodes.get(0), name, name + "-a"),
                        () -> scene.enroll(nodes.get(1), name, name + "-b"));
                assertThat(outcomes)
                        .filteredOn(Outcome.Enrolled.class::isInstance)
                        .hasSize(1);
                assertThat(outcomes)
                        .filteredOn(Outcome.Refused.class::isInstance)
                        .hasSize(1);
            }
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void one_key_and_two_names_at_once_make_one_device_and_one_refusal() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            for (int round = 0; round < 20; round++) {
                String key = "key-" + round;
                List<Outcome> outcomes = atOnce(
                        () -> scene.enroll(nodes.get(0), key + "-a", key),
                        () -> scene.enroll(nodes.get(1), key + "-b", key));
                assertThat(outcomes)
                        .filteredOn(Outcome.Enrolled.class::isInstance)
                        .hasSize(1);
                assertThat(outcomes)
                        .filteredOn(Outcome.Refused.class::isInstance)
                        .hasSize(1);
            }
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void an_act_decided_before_its_enrollment_was_disabled_is_not_committed_after() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Device device = device(scene.enroll(other, "pump-1", "key-1"));
            Recognized before = recognized(other);
            one.registrar().change(Scene.group(PUMPS, 2, false), OPERATOR);

            Recorded recorded = other.ledger().record(confirms(other, device, before));
            assertThat(recorded).isInstanceOfSatisfying(Recorded.Conflict.class, it -> assertThat(it.rosterStale())
                    .isTrue());
            assertThat(other.attempts().of(ACME, id("pump-1"), 10)).hasSize(1);
        }
    }

    @Test
    void an_act_on_a_device_that_changed_meanwhile_is_not_committed() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Device read = device(scene.enroll(one, "pump-1", "key-1"));
            Device changed = device(
                    scene.pipeline(other).enroll(Scene.request("pump-1", "key-1", Optional.of("{\"firmware\":2}"))));

            Recorded recorded = one.ledger().record(confirms(one, read, recognized(one)));
            assertThat(changed.version()).isEqualTo(2);
            assertThat(recorded).isInstanceOfSatisfying(Recorded.Conflict.class, it -> assertThat(it.rosterStale())
                    .isFalse());
        }
    }

    /// Every certificate that the ledger knows.
    static Set<Bytes> kept(Store store) {
        Set<Bytes> kept = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.certificates().list(ACME, new Filter(Optional.empty(), Optional.empty()), cursor, 500);
            page.items().forEach(it -> kept.add(it.certificate()));
            cursor = page.next();
        } while (cursor.isPresent());
        return kept;
    }

    private static Recognized recognized(Store store) {
        return (Recognized) store.roster().recognize(Scene.request("pump-1", "key-1", Optional.empty()));
    }

    static Act confirms(Store store, Device device, Recognized recognized) {
        Instant now = Instant.now();
        Attempt attempt = new Attempt(
                store.ledger().attemptId(ACME, device.registrationId(), now),
                new Name("acme"),
                device.registrationId(),
                now,
                Optional.of(device.origin()),
                Attempt.Result.ACCEPTED,
                "unchanged",
                List.of(),
                "test",
                "127.0.0.1");
        return new Act.Confirms(device, Optional.empty(), Optional.empty(), recognized, attempt);
    }

    private interface Call {
        Outcome run();
    }

    private static List<Outcome> atOnce(Call one, Call other) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> futures = new ArrayList<>();
            for (Call call : List.of(one, other)) {
                futures.add(threads.submit(() -> {
                    barrier.await();
                    return call.run();
                }));
            }
            return List.of(futures.get(0).get(), futures.get(1).get());
        }
    }
}
