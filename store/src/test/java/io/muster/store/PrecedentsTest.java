package io.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.core.attestation.Attestation;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Outcome;
import io.muster.core.flow.Archive;
import io.muster.core.flow.Difference;
import io.muster.core.flow.Rehearsal;
import io.muster.core.flow.Retried;
import io.muster.core.flow.SampleDevice;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Precedents;
import io.muster.core.ledger.Precedents.Page;
import io.muster.core.ledger.Precedents.Place;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class PrecedentsTest {

    private static final Logger LOG = LoggerFactory.getLogger(PrecedentsTest.class);
    private static final Instant BEFORE = Instant.EPOCH;

    @TempDir
    Path directory;

    @Test
    void the_tries_of_an_enrollment_come_in_pages_each_once_with_its_ground() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().create(Scene.gates(1), Scene.OPERATOR);
            for (int i = 0; i < 23; i++) {
                scene.enroll(store, "pump-" + i, "k" + i);
            }
            scene.enroll(store, "pump-1", "another");

            List<Attempt> all = walk(store.precedents(), BEFORE, 5);

            assertThat(all).hasSize(24).doesNotHaveDuplicates();
            assertThat(all).allSatisfy(it -> {
                assertThat(it.ground()).isPresent();
                assertThat(store.attempts().find(Scene.ACME, it.id())).contains(it);
            });
            assertThat(walk(store.precedents(), Instant.now().plusSeconds(60), 5))
                    .isEmpty();
            assertThat(store.precedents()
                            .of(Scene.ACME, Scene.GATES, BEFORE, Optional.empty(), 5)
                            .attempts())
                    .isEmpty();
            for (String text : List.of("", "AA", "!", "A".repeat(100))) {
                assertThatExceptionOfType(Precedents.PlaceUnknown.class).isThrownBy(() -> store.precedents()
                        .of(Scene.ACME, Scene.PUMPS, BEFORE, Optional.of(new Place(text)), 5));
            }
        }
    }

    @Test
    void what_is_rehearsed_leaves_every_table_as_it_is() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            scene.enroll(store, "pump-1", "k1");
            scene.enroll(store, "pump-1", "k1");
            scene.enroll(store, "pump-1", "k9");
            scene.pipeline(store).enroll(Requests.byKey("pump-2", "k2", "c2"));
            Map<String, String> before = tables(scene);

            Rehearsal rehearsal = rehearsal(store);
            Difference allowed = diff(rehearsal, changed(true, KeyChange.ALLOW));
            Difference disabled = diff(rehearsal, changed(false, KeyChange.REFUSE));
            rehearsal.test(
                    Scene.group(Scene.PUMPS, 1, true),
                    new SampleDevice(
                            Scene.id("pump-7"),
                            new SampleDevice.Shown.Assumed(false),
                            Optional.of(Requests.certificate("pump-7", Purpose.ENROLL, "c7")),
                            Optional.empty()));
            walk(store.precedents(), BEFORE, 100).forEach(it -> assertThat(rehearsal.retry(Scene.ACME, it.id()))
                    .hasValueSatisfying(again -> assertThat(((Retried.Again) again).isRepeatable())
                            .as(it.code())
                            .isTrue()));

            assertThat(allowed.counts().flips()).isEqualTo(1);
            assertThat(disabled.counts().flips()).isEqualTo(4);
            assertThat(tables(scene)).isEqualTo(before);
        }
    }

    @Test
    void a_difference_over_many_tries_streams() throws Exception {
        int devices = Boolean.getBoolean("muster.test.full") ? 100_000 : 2_000;
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            enroll(scene, store, devices);

            long begun = System.nanoTime();
            Difference difference = diff(rehearsal(store), changed(false, KeyChange.REFUSE));
            long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();

            LOG.info("{} attempts decided twice in {} ms: {} a second", devices, millis, devices * 1_000L / millis);
            assertThat(difference.counts().flips()).isEqualTo(devices);
            assertThat(difference.listed()).hasSize(10);
        }
    }

    private static void enroll(Scene scene, Store store, int devices) {
        List<Future<Outcome>> futures = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(256, Thread.ofVirtual().factory())) {
            for (int i = 0; i < devices; i++) {
                String name = "pump-%06d".formatted(i);
                futures.add(threads.submit(() -> scene.enroll(store, name, name)));
            }
        }
        futures.forEach(future -> Scene.device(future.resultNow()));
    }

    private static Enrollment changed(boolean enabled, KeyChange change) {
        return Scene.enrollment(Scene.PUMPS, 2, Optional.empty(), enabled, change);
    }

    private static Difference diff(Rehearsal rehearsal, Enrollment changed) {
        return rehearsal.diff(
                changed, BEFORE, Optional.empty(), new Rehearsal.Bounds(1_000_000, 10, Duration.ofMinutes(5)));
    }

    private static Rehearsal rehearsal(Store store) {
        return new Rehearsal(
                store.roster(),
                new Attestation(List.of(new Believing(store))),
                store.ledger(),
                new Archive(store.attempts(), store.precedents(), store.versions()),
                new NoSchemas(),
                InstantSource.system());
    }

    private static List<Attempt> walk(Precedents precedents, Instant since, int limit) {
        List<Attempt> all = new ArrayList<>();
        Optional<Place> place = Optional.empty();
        do {
            Page page = precedents.of(Scene.ACME, Scene.PUMPS, since, place, limit);
            all.addAll(page.attempts());
            place = page.next();
        } while (place.isPresent());
        return all;
    }

    /// A digest of the rows of each table. Leases are renewed by the clock, whoever rehearses.
    private static Map<String, String> tables(Scene scene) throws Exception {
        Map<String, String> digests = new TreeMap<>();
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT tablename FROM pg_tables WHERE schemaname = 'muster' AND tablename NOT LIKE 'lane%'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                try (ResultSet row = statement.executeQuery("SELECT count(*) || ' ' || coalesce(md5(string_agg("
                        + "t::text, chr(10) ORDER BY t::text)), '') FROM muster." + name + " t")) {
                    row.next();
                    digests.put(name, row.getString(1));
                }
            }
        }
        return digests;
    }
}
