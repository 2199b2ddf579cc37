package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.Outcome;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Ledger.Recorded;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
            List<Future<?>> futures = new ArrayList<>();
            try (ExecutorService threads =
                    Executors.newFixedThreadPool(64, Thread.ofVirtual().factory())) {
                for (int i = 0; i < acts; i++) {
                    String name = "pump-" + random.nextInt(60);
                    String key = "key-" + random.nextInt(90);
                    Optional<String> payload =
                            random.nextInt(4) == 0 ? Optional.of("{\"n\":" + i + "}") : Optional.empty();
                    Store node = nodes.get(random.nextInt(2));
                    futures.add(threads.submit(() -> {
                        if (scene.pipeline(node).enroll(Scene.request(name, key, payload))
                                instanceof Outcome.Enrolled enrolled) {
                            FaultTest.acknowledge(acknowledged, enrolled.device());
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
            LedgerInvariants ledger = new LedgerInvariants(scene.database());
            assertThat(ledger.lost(acknowledged)).isEmpty();
            assertThat(ledger.breaches()).isEmpty();
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

    private static Recognized recognized(Store store) {
        return (Recognized) store.roster().recognize(Scene.request("pump-1", "key-1", Optional.empty()));
    }

    private static Act confirms(Store store, Device device, Recognized recognized) {
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
