package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTest {

    @TempDir
    Path directory;

    @Test
    void a_commit_whose_answer_was_lost_is_found_again_and_not_repeated() throws Exception {
        TestDatabase real = TestServer.EXTERNAL.fresh();
        URI server = URI.create(real.url().replaceFirst("jdbc:", ""));
        try (Proxy proxy = new Proxy(server.getHost(), server.getPort())) {
            TestDatabase through = new TestDatabase(
                    real.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/"),
                    real.user(),
                    real.password());
            try (Scene scene = new Scene(through, directory)) {
                Store store = scene.furnished();
                Device before = device(scene.enroll(store, "pump-0", "key-0"));
                proxy.swallow(1);
                Device lost = device(scene.enroll(store, "pump-1", "key-1"));
                Device again = device(scene.enroll(store, "pump-1", "key-1"));

                assertThat(proxy.swallowed()).isEqualTo(1);
                assertThat(again).isEqualTo(lost).isNotEqualTo(before);
                assertThat(store.attempts().of(ACME, id("pump-1"), 10)).hasSize(2);
                assertThat(new LedgerInvariants(real).breaches()).isEmpty();
            }
        }
    }

    @Test
    void a_commit_that_never_happened_is_carried_out_again() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            run(scene, """
                    CREATE SEQUENCE muster.deaths;
                    CREATE FUNCTION muster.die() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN
                      IF nextval('muster.deaths') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                      RETURN NULL;
                    END $$;
                    CREATE CONSTRAINT TRIGGER die AFTER INSERT ON muster.attempt DEFERRABLE INITIALLY DEFERRED
                      FOR EACH ROW EXECUTE FUNCTION muster.die()""");
            Device device = device(scene.enroll(store, "pump-1", "key-1"));

            assertThat(device.version()).isEqualTo(1);
            assertThat(store.attempts().of(ACME, id("pump-1"), 10)).hasSize(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_node_whose_lane_was_taken_over_writes_nothing_into_it_and_goes_on_in_another() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            device(scene.enroll(store, "pump-1", "key-1"));
            run(scene, "UPDATE muster.lane SET incarnation = incarnation + 1");
            device(scene.enroll(store, "pump-2", "key-2"));

            assertThat(number(scene, "SELECT count(*) FROM muster.lane")).isEqualTo(2);
            assertThat(number(scene, "SELECT count(DISTINCT lane) FROM muster.entry WHERE kind = 1"))
                    .isEqualTo(2);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void an_act_that_the_database_refuses_fails_alone() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Enrollment poison = Scene.enrollment(
                    new Name("poison"), 1, Optional.of(id("poison")), true, KeyChange.REFUSE, "no \0 type");
            store.registrar().create(poison, OPERATOR);
            Map<String, Callable<Outcome>> calls = new HashMap<>();
            for (int i = 0; i < 40; i++) {
                String name = i == 17 ? "poison" : "pump-" + i;
                calls.put(name, () -> scene.enroll(store, name, name));
            }
            Map<String, Future<Outcome>> futures = new HashMap<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                calls.forEach((name, call) -> futures.put(name, threads.submit(call)));
            }

            assertThat(futures)
                    .hasEntrySatisfying("poison", it -> assertThat(it.state()).isEqualTo(Future.State.FAILED));
            futures.remove("poison");
            assertThat(futures.values()).allSatisfy(future -> device(future.resultNow()));
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_full_disk_is_a_refusal_and_ends_by_itself() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            run(scene, """
                    CREATE FUNCTION muster.full() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
                    CREATE TRIGGER disk_full BEFORE INSERT ON muster.device EXECUTE FUNCTION muster.full()""");
            Outcome refused = scene.enroll(store, "pump-1", "key-1");
            run(scene, "DROP TRIGGER disk_full ON muster.device");

            assertThat(refused).isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                    .isInstanceOf(Refusal.Unavailable.class));
            device(scene.enroll(store, "pump-1", "key-1"));
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void no_acknowledged_device_is_lost_when_connections_die_all_the_time() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            int devices = Boolean.getBoolean("muster.test.full") ? 5_000 : 400;
            Map<String, Long> acknowledged = new ConcurrentHashMap<>();
            List<Future<?>> futures = new ArrayList<>();
            try (ExecutorService threads =
                    Executors.newFixedThreadPool(32, Thread.ofVirtual().factory())) {
                for (int i = 0; i < devices; i++) {
                    String name = "pump-" + i;
                    Store node = nodes.get(i % 2);
                    futures.add(threads.submit(() -> acknowledge(acknowledged, persist(scene, node, name))));
                }
                while (futures.stream().anyMatch(future -> !future.isDone())) {
                    run(scene, """
                            SELECT pg_terminate_backend(pid), pg_sleep(0.2) FROM pg_stat_activity
                            WHERE datname = current_database() AND application_name = 'muster' AND random() < 0.3""");
                }
            }

            assertThat(futures).allSatisfy(future -> assertThat(future.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(acknowledged).hasSize(devices);
            LedgerInvariants ledger = new LedgerInvariants(scene.database());
            assertThat(ledger.lost(acknowledged)).isEmpty();
            assertThat(ledger.breaches()).isEmpty();
        }
    }

    /// As a device does: until it is in.
    private static Device persist(Scene scene, Store node, String name) {
        for (int tries = 0; tries < 200; tries++) {
            if (scene.enroll(node, name, name) instanceof Outcome.Enrolled enrolled) {
                return enrolled.device();
            }
        }
        throw new AssertionError(name + " never got in");
    }

    static void acknowledge(Map<String, Long> acknowledged, Device device) {
        acknowledged.merge(device.id().value().toString().replace("-", ""), device.version(), Math::max);
    }

    static void run(Scene scene, String sql) throws SQLException {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Scene scene, String sql) throws SQLException {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
