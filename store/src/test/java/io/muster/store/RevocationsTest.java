package io.muster.store;

import static io.muster.store.CertificatesTest.enroll;
import static io.muster.store.CertificatesTest.serial;
import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.device.Serial;
import io.muster.core.issuance.AuthorityVault.Kept;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Revocations.Entries;
import io.muster.core.ledger.Revocations.Frame;
import io.muster.core.ledger.Revocations.Signing;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevocationsTest {

    private static final Duration LIFE = Duration.ofDays(7);

    @TempDir
    Path directory;

    private final AtomicInteger signed = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_crl_names_what_was_revoked_and_is_the_same_on_every_node(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = furnished(scene);
            Store other = scene.node();
            Serial serial = serial(enroll(scene, one, Requests.byKey("pump-1", "key-1", "certified-1")));
            int shard = WordIssuer.shard(serial);
            String before = crl(one, shard).orElseThrow();
            assertThat(crl(other, shard)).contains(before);
            assertThat(signed).hasValue(1);

            other.certificates().revoke(ACME, serial, Reason.KEY_COMPROMISE, OPERATOR);
            String after = crl(one, shard).orElseThrow();
            assertThat(before).doesNotContain(serial.toString());
            assertThat(after).contains(serial + " KEY_COMPROMISE");
            assertThat(crl(other, shard)).contains(after);
            assertThat(number(after)).isGreaterThan(number(before));
            assertThat(crl(one, 1 - shard).orElseThrow()).doesNotContain(serial.toString());
            assertThat(signed).hasValue(3);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_renewals_ended_is_named_too(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            Serial first = serial(enroll(scene, store, Requests.byKey("pump-1", "key-1", "certified-1")));
            int shard = WordIssuer.shard(first);
            Serial second = serial(enroll(scene, store, Requests.renewal("pump-1", first, "certified-2")));
            assertThat(crl(store, shard).orElseThrow()).doesNotContain(first.toString());
            serial(enroll(scene, store, Requests.renewal("pump-1", second, "certified-2")));
            assertThat(crl(store, shard).orElseThrow()).contains(first + " SUPERSEDED");
        }
    }

    @Test
    void there_is_no_crl_of_an_issuer_or_shard_that_never_was() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = furnished(scene);
            assertThat(store.revocations().crl("00ff", 0, LIFE, this::sign)).isEmpty();
            assertThat(store.revocations().crl("nonsense", 0, LIFE, this::sign)).isEmpty();
            assertThat(crl(store, -1)).isEmpty();
            assertThat(crl(store, 1024)).isEmpty();
            assertThat(crl(store, 1023)).isPresent();
        }
    }

    @Test
    void a_crl_is_due_after_half_of_its_life() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = furnished(scene);
            Duration life = Duration.ofSeconds(4);
            String first = text(store.revocations().crl(WordIssuer.KEY_ID, 0, life, this::sign));
            await().until(
                            () -> text(store.revocations().crl(WordIssuer.KEY_ID, 0, life, this::sign)),
                            next -> number(next) > number(first));
            assertThat(crl(store, 0)).isPresent();
            assertThat(signed).hasValue(2);
        }
    }

    @Test
    void of_many_who_ask_at_once_on_two_nodes_one_makes_it() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            List<Store> nodes = List.of(furnished(scene), scene.node());
            List<Future<Optional<String>>> futures = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 60; i++) {
                    Store node = nodes.get(i % 2);
                    futures.add(threads.submit(() -> crl(node, 0)));
                }
            }
            assertThat(futures.stream().map(it -> it.resultNow().orElseThrow()).distinct())
                    .hasSize(1);
            assertThat(signed).hasValue(1);
        }
    }

    @Test
    void what_a_crl_named_a_day_after_its_end_is_dropped_from_the_next() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = furnished(scene);
            List<Serial> serials = new ArrayList<>();
            for (int i = 0; serials.size() < 3; i++) {
                Serial serial = serial(enroll(scene, store, Requests.byKey("pump-" + i, "key-" + i, "certified-" + i)));
                if (WordIssuer.shard(serial) == 0) {
                    serials.add(serial);
                }
            }
            revoke(store, serials.get(0));
            FaultTest.run(scene, "UPDATE muster.revocation SET not_after = not_after - 400 * 86400000::bigint");
            revoke(store, serials.get(1));
            String first = crl(store, 0).orElseThrow();
            revoke(store, serials.get(2));
            String second = crl(store, 0).orElseThrow();

            assertThat(first).contains(serials.get(0).toString(), serials.get(1).toString());
            assertThat(second)
                    .doesNotContain(serials.get(0).toString())
                    .contains(serials.get(1).toString(), serials.get(2).toString());
        }
    }

    @Test
    void a_fault_of_the_signer_leaves_the_last_crl_as_it_was() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = furnished(scene);
            Serial serial = serial(enroll(scene, store, Requests.byKey("pump-1", "key-1", "certified-1")));
            int shard = WordIssuer.shard(serial);
            String before = crl(store, shard).orElseThrow();
            revoke(store, serial);
            Signing broken = (tenant, frame, entries) -> {
                throw new IllegalStateException("the key is gone");
            };
            assertThat(catchThrowable(() -> store.revocations().crl(WordIssuer.KEY_ID, shard, LIFE, broken)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(number(crl(store, shard).orElseThrow())).isGreaterThan(number(before));
        }
    }

    @Test
    void a_crl_of_many_entries_is_read_as_it_is_written() throws Exception {
        int entries = Boolean.getBoolean("muster.test.full") ? 1_000_000 : 20_000;
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = furnished(scene);
            FaultTest.run(
                    scene,
                    "INSERT INTO muster.revocation (at, not_after, seq, lane, shard, reason, issuer, serial)"
                            + " SELECT 1700000000000 + n, 4000000000000, 1, 1, 0, 4, '\\x" + WordIssuer.KEY_ID
                            + "', '\\x4d'::bytea || substring(sha256(n::text::bytea) FROM 1 FOR 16) FROM generate_series(1, "
                            + entries
                            + ") n");
            AtomicInteger read = new AtomicInteger();
            long start = System.nanoTime();
            store.revocations().crl(WordIssuer.KEY_ID, 0, LIFE, (tenant, frame, all) -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream(entries * 40);
                all.forEach(entry -> {
                    read.incrementAndGet();
                    out.writeBytes(entry.serial().octets().toArray());
                    out.writeBytes(new byte[23]);
                });
                return Bytes.of(out.toByteArray());
            });
            long made = System.nanoTime();
            store.revocations().crl(WordIssuer.KEY_ID, 0, LIFE, this::sign);
            System.out.println("CRL of " + entries + " entries: made in " + (made - start) / 1_000_000 + " ms, read in "
                    + (System.nanoTime() - made) / 1_000_000 + " ms");
            assertThat(read).hasValue(entries);
            assertThat(signed).hasValue(0);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void the_first_authority_of_a_tenant_is_kept_and_every_node_gets_it(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Kept first = authority("aa11");
            assertThat(one.authorityVault().newest(ACME)).isEmpty();
            assertThat(one.authorityVault().keepFirst(first)).isEqualTo(first);
            assertThat(other.authorityVault().keepFirst(authority("bb22"))).isEqualTo(first);
            assertThat(other.authorityVault().all(ACME)).containsExactly(first);
            assertThat(other.authorityVault().find("aa11")).contains(first);
            assertThat(other.authorityVault().find("bb22")).isEmpty();
            assertThat(other.authorityVault().find("AA11")).isEmpty();
            assertThat(other.authorityVault().newest(new Name("other"))).isEmpty();
        }
    }

    private static Store furnished(Scene scene) {
        Store store = scene.furnished();
        store.authorityVault().keepFirst(authority(WordIssuer.KEY_ID));
        return store;
    }

    static Kept authority(String issuer) {
        return new Kept(ACME, 1, issuer, bytes("root"), secret("root key"), bytes("issuing"), secret("issuing key"));
    }

    private static void revoke(Store store, Serial serial) {
        store.certificates().revoke(ACME, serial, Reason.UNSPECIFIED, OPERATOR);
    }

    private Optional<String> crl(Store store, int shard) {
        return store.revocations()
                .crl(WordIssuer.KEY_ID, shard, LIFE, this::sign)
                .map(RevocationsTest::text);
    }

    /// The number in the first line, and a line for each entry.
    private Bytes sign(Name tenant, Frame frame, Entries entries) {
        signed.incrementAndGet();
        assertThat(tenant).isEqualTo(ACME);
        assertThat(frame.nextUpdate()).isAfter(frame.thisUpdate());
        StringBuilder text = new StringBuilder().append(frame.number()).append('\n');
        entries.forEach(
                it -> text.append(it.serial()).append(' ').append(it.reason()).append('\n'));
        return bytes(text.toString());
    }

    private static long number(String crl) {
        return Long.parseLong(crl.lines().findFirst().orElseThrow());
    }

    private static String text(Optional<Bytes> crl) {
        return text(crl.orElseThrow());
    }

    private static String text(Bytes crl) {
        return new String(crl.toArray(), StandardCharsets.UTF_8);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Secret secret(String text) {
        return Secret.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
