package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.THINGS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.door.Change;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations.Kept;
import io.muster.core.ledger.Revocations.Entries;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claim.Budget;
import io.muster.core.roster.Claims.Order;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Tenant;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CreationsTest {

    private static final int THREADS = 64;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_created_certificate_waits_for_its_device_and_becomes_it(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = furnished(scene);
            Store other = scene.node();
            Creation creation = creation(one, claim(one, 10), "key-1");
            Serial serial = creation.credential().serial();
            assertThat(one.creations().find(ACME, serial)).isEmpty();
            assertThat(one.creations().keep(creation, Optional.empty())).isEqualTo(new Kept.Done());
            assertThat(other.creations().find(ACME, serial)).contains(creation);
            assertThat(other.creations().find(new Name("nobody"), serial)).isEmpty();
            assertThat(one.certificates().find(ACME, serial)).isEmpty();

            Device device = device(register(scene, other, "thing-1", serial));
            Outcome.Enrolled again = (Outcome.Enrolled) register(scene, one, "thing-1", serial);
            assertThat(again.change()).isEqualTo(Change.UNCHANGED);
            assertThat(again.device()).isEqualTo(device);
            assertThat(device.identityKeys())
                    .containsExactly(creation.credential().key());
            assertThat(device.currentCredential()).contains(creation.credential());
            assertThat(one.creations().find(ACME, serial))
                    .map(Creation::state)
                    .contains(new Creation.State.Adopted(id("thing-1")));
            assertThat(other.certificates().find(ACME, serial)).hasValueSatisfying(kept -> {
                assertThat(kept.certificate()).isEqualTo(creation.certificate());
                assertThat(kept.registrationId()).isEqualTo(id("thing-1"));
            });
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void of_64_who_create_at_once_on_two_nodes_as_many_get_certificates_as_the_claim_has_left() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(furnished(scene), scene.node());
            Claim claim = claim(nodes.getFirst(), 20);
            List<Kept> answers = atOnce(i -> create(nodes.get(i % 2), claim, "key-" + i));

            assertThat(answers).filteredOn(new Kept.Done()::equals).hasSize(20);
            assertThat(answers)
                    .filteredOn(new Kept.Spent(20, Duration.ofDays(1))::equals)
                    .hasSize(THREADS - 20);
            assertThat(FaultTest.number(scene, "SELECT spent FROM muster.claim"))
                    .isEqualTo(20);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.creation"))
                    .isEqualTo(20);
            assertThat(present(nodes.getLast()).spent()).isEqualTo(20);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_window_that_is_over_begins_anew(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            Claim claim = claim(store, 1);
            assertThat(create(store, claim, "key-1")).isEqualTo(new Kept.Done());
            assertThat(create(store, claim, "key-2")).isEqualTo(new Kept.Spent(1, Duration.ofDays(1)));
            FaultTest.run(scene, "UPDATE muster.claim SET window_start = window_start - window_ms");
            assertThat(present(store).spent()).isZero();
            assertThat(create(store, claim, "key-3")).isEqualTo(new Kept.Done());
            assertThat(present(store).spent()).isEqualTo(1);
        }
    }

    /// A second that begins in an hour is not over yet, however slow this machine is.
    @ParameterizedTest
    @EnumSource(TestServer.class)
    void whoever_creates_too_fast_is_told_how_fast_it_may_be(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            Claim claim = claim(store, 10);
            FaultTest.run(
                    scene,
                    "UPDATE muster.claim SET second_spent = per_second - 1,"
                            + " second_start = (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 3600000");
            assertThat(create(store, claim, "key-1")).isEqualTo(new Kept.Done());
            assertThat(create(store, claim, "key-2")).isEqualTo(new Kept.TooFast(1000));
            FaultTest.run(scene, "UPDATE muster.claim SET second_start = 0");
            assertThat(create(store, claim, "key-3")).isEqualTo(new Kept.Done());
            assertThat(present(store).spent()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_that_is_revoked_or_over_and_one_of_what_is_disabled_create_nothing(TestServer server)
            throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = furnished(scene);
            Store other = scene.node();
            Claim claim = claim(one, 10);
            Creation unknown = creation(one, claim(one, "line-2", 10), "key-0");
            FaultTest.run(scene, "DELETE FROM muster.claim WHERE name = 'line-2'");
            assertThat(other.creations().keep(unknown, Optional.empty())).isEqualTo(new Kept.Ended());

            one.registrar().change(Scene.things(2, false), OPERATOR);
            assertThat(create(other, claim, "key-1")).isEqualTo(new Kept.Ended());
            one.registrar().change(Scene.things(3, true), OPERATOR);
            assertThat(create(other, claim, "key-2")).isEqualTo(new Kept.Done());
            one.registrar().change(new Tenant(ACME, true), new Tenant(ACME, false), OPERATOR);
            assertThat(create(other, claim, "key-3")).isEqualTo(new Kept.Ended());
            one.registrar().change(new Tenant(ACME, false), new Tenant(ACME, true), OPERATOR);
            FaultTest.run(scene, "UPDATE muster.claim SET not_after = created_at");
            assertThat(create(other, claim, "key-4")).isEqualTo(new Kept.Ended());
            FaultTest.run(
                    scene,
                    "UPDATE muster.claim SET not_after = "
                            + Instant.now().plusSeconds(3600).toEpochMilli());
            assertThat(create(other, claim, "key-5")).isEqualTo(new Kept.Done());
            one.claims().revoke(ACME, new Name("line-1"), OPERATOR);
            assertThat(create(other, claim, "key-6")).isEqualTo(new Kept.Ended());
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.creation"))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_that_is_used_from_many_networks_stands_out(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            Claim claim = claim(store, 100);
            for (int i = 0; i < 2 * (Claim.MANY_NETWORKS - 1); i++) {
                Bytes network = Bytes.of(new byte[] {10, 0, (byte) (i / 2)});
                store.creations().keep(creation(store, claim, "key-" + i), Optional.of(network));
            }
            store.creations().keep(creation(store, claim, "key-nowhere"), Optional.empty());
            assertThat(present(store).networks()).isEqualTo(Claim.MANY_NETWORKS - 1);
            assertThat(present(store).widespread()).isFalse();

            store.creations().keep(creation(store, claim, "key-far"), Optional.of(Bytes.of(new byte[] {11, 0, 0})));
            assertThat(present(store).networks()).isEqualTo(Claim.MANY_NETWORKS);
            assertThat(present(store).widespread()).isTrue();
        }
    }

    @Test
    void of_64_devices_that_register_with_one_certificate_at_once_one_gets_it() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(furnished(scene), scene.node());
            Creation creation = kept(nodes.getFirst(), claim(nodes.getFirst(), 10), "key-1");
            Serial serial = creation.credential().serial();
            List<Outcome> outcomes = atOnce(i -> register(scene, nodes.get(i % 2), "thing-" + i, serial));

            assertThat(outcomes).filteredOn(Outcome.Enrolled.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(Outcome.Refused.class::isInstance).hasSize(THREADS - 1);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.device"))
                    .isEqualTo(1);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.credential"))
                    .isEqualTo(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_device_that_registers_64_times_at_once_is_one_device() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(furnished(scene), scene.node());
            Creation creation = kept(nodes.getFirst(), claim(nodes.getFirst(), 10), "key-1");
            Serial serial = creation.credential().serial();
            List<Outcome> outcomes = atOnce(i -> register(scene, nodes.get(i % 2), "thing-1", serial));

            assertThat(outcomes).allSatisfy(it -> assertThat(it).isInstanceOf(Outcome.Enrolled.class));
            assertThat(outcomes)
                    .extracting(it -> device(it).id())
                    .containsOnly(device(outcomes.getFirst()).id());
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_nobody_registers_with_within_its_hour_is_revoked_named_in_a_crl_and_told(TestServer server)
            throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            store.authorityVault().keepFirst(RevocationsTest.authority(WordIssuer.KEY_ID));
            Claim claim = claim(store, 10);
            Creation used = kept(store, claim, "key-1");
            Creation forgotten = kept(store, claim, "key-2");
            device(register(scene, store, "thing-1", used.credential().serial()));
            Instant late = forgotten.expiresAt().plusSeconds(1);

            assertThat(store.creations().revokeForgotten(used.expiresAt().minusSeconds(1)))
                    .isZero();
            assertThat(scene.node().creations().revokeForgotten(late)).isEqualTo(1);
            assertThat(store.creations().revokeForgotten(late)).isZero();
            assertThat(store.creations().find(ACME, forgotten.credential().serial()))
                    .map(Creation::state)
                    .contains(new Creation.State.Revoked());
            assertThat(crl(store, forgotten))
                    .contains(forgotten.credential().serial() + " " + Reason.CESSATION_OF_OPERATION);
            assertThat(crl(store, used))
                    .doesNotContain(used.credential().serial().toString());
            assertThat(told(store)).singleElement().satisfies(it -> {
                assertThat(it.subject()).isEqualTo("creations");
                assertThat(it.detail()).contains("1 certificates", "within their hour");
            });
            assertThat(register(scene, store, "thing-2", forgotten.credential().serial()))
                    .isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                            .isEqualTo(new Refusal.CreationTaken()));
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void more_than_a_round_takes_are_revoked_in_rounds() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = furnished(scene);
            Claim claim = claim(store, 1000);
            List<Kept> kept = new ArrayList<>();
            for (int round = 0; round < 9; round++) {
                int first = round * THREADS;
                kept.addAll(atOnce(i -> create(store, claim, "key-" + (first + i))));
            }
            Instant late = Instant.now().plus(Creation.LIFE).plusSeconds(60);

            assertThat(kept).containsOnly(new Kept.Done());
            assertThat(store.creations().revokeForgotten(late)).isEqualTo(500);
            assertThat(store.creations().revokeForgotten(late)).isEqualTo(9 * THREADS - 500);
            assertThat(told(store)).hasSize(2);
            assertThat(FaultTest.number(scene, "SELECT count(*) FROM muster.revocation"))
                    .isEqualTo(9 * THREADS);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    private static List<Audit.Entry> told(Store store) {
        Audit.Filter revoked = new Audit.Filter(
                Optional.empty(),
                Optional.of(Audit.Kind.CREATIONS_REVOKED),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return store.audit()
                .list(Optional.of(ACME), revoked, Optional.empty(), 100, OPERATOR)
                .items();
    }

    private static String crl(Store store, Creation creation) {
        return store.revocations()
                .crl(
                        WordIssuer.KEY_ID,
                        creation.credential().shard(),
                        Duration.ofDays(7),
                        (_, frame, entries) -> words(entries))
                .map(it -> new String(it.toArray(), StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private static Bytes words(Entries entries) {
        StringBuilder words = new StringBuilder();
        entries.forEach(
                it -> words.append(it.serial()).append(' ').append(it.reason()).append('\n'));
        return Bytes.of(words.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static <T> List<T> atOnce(IntFunction<T> task) {
        List<Future<T>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                futures.add(threads.submit(() -> task.apply(number)));
            }
        }
        return futures.stream().map(Future::resultNow).toList();
    }

    static Outcome register(Scene scene, Store store, String name, Serial created) {
        return scene.pipeline(store).enroll(Requests.byCreation(name, created));
    }

    private static Kept create(Store store, Claim claim, String key) {
        return store.creations().keep(creation(store, claim, key), Optional.empty());
    }

    static Creation kept(Store store, Claim claim, String key) {
        Creation creation = creation(store, claim, key);
        assertThat(store.creations().keep(creation, Optional.empty())).isEqualTo(new Kept.Done());
        return creation;
    }

    static Creation creation(Store store, Claim claim, String key) {
        Serial serial = store.creations().serial(claim.tenant());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Credential credential = new Credential(
                serial,
                Scene.key(key),
                Scene.key(key),
                "cn=" + serial,
                now,
                now.plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.SECONDS),
                WordIssuer.KEY_ID,
                WordIssuer.shard(serial),
                Credential.State.UNUSED);
        return new Creation(
                claim.tenant(),
                claim.id(),
                claim.enrollment(),
                credential,
                WordIssuer.certificate(serial, Creation.name(serial)),
                "device@1",
                now.plus(Creation.LIFE),
                new Creation.State.Waiting());
    }

    static Store furnished(Scene scene) {
        Store store = scene.furnished();
        store.registrar().create(Scene.things(1, true), OPERATOR);
        return store;
    }

    static Claim claim(Store store, long creates) {
        return claim(store, "line-1", creates);
    }

    private static Claim claim(Store store, String name, long creates) {
        return claim(store, name, creates, "line-");
    }

    /// One that may be fast.
    static Claim claim(Store store, String name, long creates, String clientIds) {
        Order order = ClaimsTest.order(ACME, new Name(name), THINGS, "certificate of " + name);
        Order wide = new Order(
                order.tenant(),
                order.name(),
                order.enrollment(),
                order.certificate(),
                new Budget(creates, Duration.ofDays(1), 1000, 100, Optional.of(clientIds)),
                order.notAfter());
        return ((Registered.Done<Claim>) store.claims().make(wide, OPERATOR)).value();
    }

    private static Claim present(Store store) {
        return store.claims().find(ACME, new Name("line-1")).orElseThrow();
    }
}
