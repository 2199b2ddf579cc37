package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations.Kept;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.roster.Claim;
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
import java.util.Set;
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
    void a_token_and_a_certificate_whose_commit_was_not_answered_are_used_and_issued_once() throws Exception {
        TestDatabase real = TestServer.EXTERNAL.fresh();
        URI server = URI.create(real.url().replaceFirst("jdbc:", ""));
        try (Proxy proxy = new Proxy(server.getHost(), server.getPort())) {
            TestDatabase through = new TestDatabase(
                    real.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/"),
                    real.user(),
                    real.password());
            try (Scene scene = new Scene(through, directory)) {
                Store store = scene.furnished();
                store.registrar().create(Scene.gates(1), OPERATOR);
                String token = TokensTest.text(TokensTest.make(store, "gate-1", 1));
                EnrollmentRequest request = Requests.byToken("gate-1", token, "key-1");
                proxy.swallow(1);
                Outcome.Enrolled lost = (Outcome.Enrolled) scene.pipeline(store).enroll(request);
                Outcome.Enrolled again =
                        (Outcome.Enrolled) scene.pipeline(store).enroll(request);
                proxy.swallow(1);
                store.certificates()
                        .revoke(ACME, CertificatesTest.serial(again), Certificates.Reason.UNSPECIFIED, OPERATOR);

                assertThat(proxy.swallowed()).isEqualTo(2);
                assertThat(again.device()).isEqualTo(lost.device());
                assertThat(again.issued().orElseThrow().certificate())
                        .isEqualTo(lost.issued().orElseThrow().certificate());
                assertThat(store.devices().find(ACME, "gate-1").orElseThrow().version())
                        .isEqualTo(2);
                assertThat(number(scene, "SELECT spent FROM muster.token")).isEqualTo(1);
                assertThat(new LedgerInvariants(real).breaches()).isEmpty();
            }
        }
    }

    /// What was stored all the same is nobody's: it counts, and is revoked within its hour.
    @Test
    void a_created_certificate_whose_commit_was_not_answered_is_refused_and_the_next_one_is_stored() throws Exception {
        TestDatabase real = TestServer.EXTERNAL.fresh();
        URI server = URI.create(real.url().replaceFirst("jdbc:", ""));
        try (Proxy proxy = new Proxy(server.getHost(), server.getPort())) {
            TestDatabase through = new TestDatabase(
                    real.url().replaceFirst("//[^/]+/", "//127.0.0.1:" + proxy.port() + "/"),
                    real.user(),
                    real.password());
            try (Scene scene = new Scene(through, directory)) {
                Store store = scene.furnished();
                store.registrar().create(Scene.things(1, true), OPERATOR);
                Claim claim = CreationsTest.claim(store, "line-1", 2, "line-");
                Creation lost = CreationsTest.creation(store, claim, "key-1");
                proxy.swallow(1);
                assertThatThrownBy(() -> store.creations().keep(lost, Optional.empty()))
                        .isInstanceOf(LedgerUnavailable.class);
                assertThat(store.creations().keep(CreationsTest.creation(store, claim, "key-2"), Optional.empty()))
                        .isEqualTo(new Kept.Done());

                assertThat(proxy.swallowed()).isEqualTo(1);
                assertThat(number(scene, "SELECT spent FROM muster.claim")).isEqualTo(2);
                assertThat(number(scene, "SELECT count(*) FROM muster.creation"))
                        .isEqualTo(2);
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
    void no_acknowledged_device_or_certificate_is_lost_when_connections_die_all_the_time() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(scene.furnished(), scene.node());
            int devices = Boolean.getBoolean("muster.test.full") ? 5_000 : 400;
            Map<String, Long> acknowledged = new ConcurrentHashMap<>();
            Set<Bytes> certificates = ConcurrentHashMap.newKeySet();
            Set<String> serials = ConcurrentHashMap.newKeySet();
            List<Future<?>> futures = new ArrayList<>();
            try (ExecutorService threads =
                    Executors.newFixedThreadPool(32, Thread.ofVirtual().factory())) {
                for (int i = 0; i < devices; i++) {
                    String name = "pump-" + i;
                    Store node = nodes.get(i % 2);
                    futures.add(threads.submit(() -> {
                        Outcome.Enrolled enrolled = persist(scene, node, name);
                        acknowledge(acknowledged, enrolled.device());
                        certificates.add(enrolled.issued().orElseThrow().certificate());
                        serials.add(scene.blindIndex(CertificatesTest.serial(enrolled)));
                    }));
                }
                while (futures.stream().anyMatch(future -> !future.isDone())) {
                    run(scene, """
                            SELECT pg_terminate_backend(pid), pg_sleep(0.2) FROM pg_stat_activity
                            WHERE datname = current_database() AND application_name = 'muster' AND random() < 0.3""");
                }
            }

            assertThat(futures).allSatisfy(future -> assertThat(future.state()).isEqualTo(Future.State.SUCCESS));
            assertThat(acknowledged).hasSize(devices);
            assertThat(RaceTest.kept(nodes.getFirst())).containsAll(certificates);
            LedgerInvariants ledger = new LedgerInvariants(scene.database());
            assertThat(ledger.lost(acknowledged)).isEmpty();
            assertThat(ledger.lostCertificates(serials)).isEmpty();
            assertThat(ledger.breaches()).isEmpty();
        }
    }

    /// As a device does: until it is in.
    private static Outcome.Enrolled persist(Scene scene, Store node, String name) {
        EnrollmentRequest request = Requests.byKey(name, name, "certified-" + name);
        for (int tries = 0; tries < 200; tries++) {
            if (scene.pipeline(node).enroll(request) instanceof Outcome.Enrolled enrolled) {
                return enrolled;
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
