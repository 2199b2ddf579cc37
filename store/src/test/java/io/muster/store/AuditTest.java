package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.PUMPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Audit.Broken;
import io.muster.core.ledger.Audit.Entry;
import io.muster.core.ledger.Audit.Filter;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Audit.Page;
import io.muster.core.ledger.Audit.Verified;
import io.muster.core.ledger.Custody.Reason;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Tenant;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuditTest {

    private static final Filter ALL = filter(Optional.empty(), Optional.empty(), Optional.empty());
    private static final Warrant ANN = new Warrant("key:ann", "192.0.2.7", "request-4711", false);
    private static final Warrant READER = Warrant.of("key:reader");
    private static final int MANY = 1_000_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_entry_tells_who_did_what_on_whose_word_and_what_changed(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            scene.enroll(store, "Pump-1", "key-1");
            store.registrar().change(Scene.group(PUMPS, 2, false), ANN);
            store.custody().quarantine(ACME, "pump-1", new Reason("stolen"), ANN);

            List<Entry> entries = read(store, Optional.of(ACME), ALL);
            assertThat(entries)
                    .extracting(Entry::kind)
                    .containsExactly(
                            Kind.TENANT_CREATED,
                            Kind.HUB_CREATED,
                            Kind.ENROLLMENT_CREATED,
                            Kind.DEVICE_ENROLLED,
                            Kind.ENROLLMENT_CHANGED,
                            Kind.DEVICE_QUARANTINED);
            Entry created = entries.get(2);
            Entry changed = entries.get(4);
            assertThat(changed.actor()).isEqualTo("key:ann");
            assertThat(changed.subject()).isEqualTo("enrollment:pumps");
            assertThat(changed.detail()).contains("version 2", "disabled");
            assertThat(changed.request()).isEqualTo("request-4711");
            assertThat(changed.address()).isEqualTo("192.0.2.7");
            assertThat(changed.tenant()).contains(ACME);
            assertThat(created.before()).isEmpty();
            assertThat(changed.before()).isEqualTo(created.after()).hasSize(64);
            assertThat(changed.after()).isNotEqualTo(changed.before()).hasSize(64);
            Entry device = entries.get(3);
            assertThat(device.subject()).isEqualTo("device:Pump-1");
            assertThat(device.actor()).isEqualTo("device");
            assertThat(store.attempts()
                            .find(ACME, AttemptId.parse(device.request()).orElseThrow()))
                    .isPresent();
            assertThat(entries.getLast().detail()).isEqualTo("stolen");
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void every_deed_of_the_roster_has_an_entry_with_its_digests() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Tenant quiet = new Tenant(ACME, false);
            assertThat(store.registrar().change(new Tenant(ACME, true), quiet, ANN))
                    .isEqualTo(new Registered.Done<>(quiet));
            assertThat(store.registrar().change(new Tenant(ACME, true), quiet, ANN))
                    .isInstanceOf(Registered.Stale.class);
            Tenant nobody = new Tenant(new Name("nobody"), true);
            assertThat(store.registrar().change(nobody, nobody, ANN)).isInstanceOf(Registered.Missing.class);

            assertThat(read(store, Optional.of(ACME), ALL)).allSatisfy(entry -> {
                assertThat(entry.after()).hasSize(64);
                assertThat(entry.leaf()).hasSize(64);
            });
            assertThat(read(store, Optional.of(ACME), ALL).getLast().kind()).isEqualTo(Kind.TENANT_CHANGED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void the_audit_is_narrowed_by_tenant_actor_kind_subject_and_time_and_comes_in_pages(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Name rival = new Name("rival");
            other.registrar().create(new Tenant(rival, true), ANN);
            for (int i = 1; i <= 5; i++) {
                scene.enroll(i % 2 == 0 ? one : other, "pump-" + i, "key-" + i);
            }
            other.custody().quarantine(ACME, "pump-1", new Reason("stolen"), ANN);

            assertThat(read(one, Optional.of(rival), ALL)).hasSize(1);
            assertThat(read(one, Optional.empty(), ALL)).hasSize(10);
            assertThat(read(one, Optional.of(new Name("nobody")), ALL)).isEmpty();
            assertThat(read(one, Optional.of(ACME), filter(Optional.of("key:ann"), Optional.empty(), Optional.empty())))
                    .hasSize(1);
            assertThat(read(
                            one,
                            Optional.of(ACME),
                            filter(Optional.empty(), Optional.of(Kind.DEVICE_ENROLLED), Optional.empty())))
                    .hasSize(5);
            assertThat(read(
                            one,
                            Optional.of(ACME),
                            filter(Optional.empty(), Optional.empty(), Optional.of("device:PUMP-1"))))
                    .extracting(Entry::kind)
                    .containsExactly(Kind.DEVICE_ENROLLED, Kind.DEVICE_QUARANTINED);
            assertThat(read(
                            one,
                            Optional.of(ACME),
                            filter(Optional.empty(), Optional.empty(), Optional.of("hub:eu-1"))))
                    .hasSize(1);
            assertThat(read(
                            one,
                            Optional.of(ACME),
                            filter(Optional.empty(), Optional.empty(), Optional.of("device:nobody"))))
                    .isEmpty();
            Instant later = Instant.now().plusSeconds(3_600);
            assertThat(read(one, Optional.of(ACME), between(later, later))).isEmpty();
            assertThat(read(one, Optional.of(ACME), between(Instant.EPOCH, later)))
                    .hasSize(9);

            assertThatThrownBy(() -> one.audit().list(Optional.of(ACME), ALL, Optional.of("no cursor"), 10, READER))
                    .isInstanceOf(CursorMalformed.class);
        }
    }

    @Test
    void a_tenant_that_wants_it_finds_every_reading_of_its_audit_in_its_audit() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().change(new Tenant(ACME, true), new Tenant(ACME, true, true, false), ANN);
            store.audit().list(Optional.of(ACME), ALL, Optional.empty(), 10, READER);
            store.audit().list(Optional.empty(), ALL, Optional.empty(), 10, ANN);

            List<Entry> readings = read(
                    store, Optional.of(ACME), filter(Optional.empty(), Optional.of(Kind.AUDIT_READ), Optional.empty()));
            assertThat(readings).extracting(Entry::actor).startsWith("key:reader", "key:ann");
            assertThat(verify(store.audit(), MANY).broken()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_untouched_audit_is_whole_however_it_is_cut(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = filled(scene);
            Verified whole = verify(store.audit(), MANY);
            assertThat(whole.broken()).isEmpty();
            assertThat(whole.entries()).isEqualTo(14);
            for (int most : List.of(1, 3, 7, 14)) {
                Verified cut = verify(store.audit(), most);
                assertThat(cut.broken()).isEmpty();
                assertThat(cut.entries()).isEqualTo(14);
                assertThat(cut.heads()).isEqualTo(whole.heads());
            }
            assertThatThrownBy(() -> store.audit().verify(Optional.of("no cursor"), 10))
                    .isInstanceOf(CursorMalformed.class);
        }
    }

    /// Lane 1 wrote entries 1 to 8 (the last is of a device that came again), lane 2 the rest.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE muster.entry SET actor = 'nobody' WHERE lane = 1 AND seq = 2 | 1/2 | as it was written
            UPDATE muster.entry SET at = at + 1 WHERE lane = 2 AND seq = 3 | 2/3 | as it was written
            UPDATE muster.entry SET sealed = decode('00', 'hex') WHERE lane = 1 AND seq = 1 | 1/1 | as it was written
            DELETE FROM muster.entry WHERE lane = 1 AND seq = 3 | 1/3 | missing
            DELETE FROM muster.entry WHERE lane = 2 AND seq = (SELECT max(seq) FROM muster.entry WHERE lane = 2) | 2/6 | missing at the lane's end
            UPDATE muster.entry SET prev_seq = 7 WHERE lane = 1 AND seq = 2 | 1/2 | stands elsewhere
            UPDATE muster.lane SET head_seq = head_seq - 1 WHERE lane = 1 | 1/8 | behind the lane's head
            DELETE FROM muster.lane WHERE lane = 2 | 2/1 | a lane that is not there
            UPDATE muster.lane SET head_hash = decode(repeat('ab', 32), 'hex') WHERE lane = 1 | 1/8 | exchanged
            """)
    void what_was_changed_by_hand_is_found_at_its_place(String sql, String place, String what) throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = filled(scene);
            execute(scene.database(), sql);
            Broken broken = verify(store.audit(), 5).broken().orElseThrow();
            assertThat(broken.place()).hasToString(place);
            assertThat(broken.what()).contains(what);
        }
    }

    @Test
    void entries_that_changed_places_or_were_slipped_in_are_found() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = filled(scene);
            execute(
                    scene.database(),
                    "UPDATE muster.entry SET seq = -seq WHERE lane = 1 AND seq IN (2, 3)",
                    "UPDATE muster.entry SET seq = CASE seq WHEN -2 THEN 3 ELSE 2 END WHERE lane = 1 AND seq < 0");
            assertThat(verify(store.audit(), MANY).broken()).isPresent();
        }
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory.resolve("two"))) {
            Store store = filled(scene);
            execute(
                    scene.database(),
                    "INSERT INTO muster.entry SELECT 9, 0, at, lane, 0, 1, tenant, slot, kind, decode(repeat('cd', 16), "
                            + "'hex'), act_id, leaf_hash, actor, sealed FROM muster.entry WHERE lane = 1 AND seq = 1");
            assertThat(verify(store.audit(), MANY).broken().orElseThrow().place())
                    .hasToString("1/9");
        }
    }

    /// Two lanes with entries of tenants, hubs, enrollments and devices.
    private static Store filled(Scene scene) {
        Store one = scene.furnished();
        Store other = scene.node();
        for (int i = 1; i <= 4; i++) {
            scene.enroll(one, "pump-" + i, "key-" + i);
            scene.enroll(other, "fan-" + i, "fan-key-" + i);
        }
        one.custody().quarantine(ACME, "pump-1", new Reason("stolen"), ANN);
        other.custody().quarantine(ACME, "pump-2", new Reason("stolen"), ANN);
        other.custody().release(ACME, "pump-1", new Reason("found"), ANN);
        return one;
    }

    private static Verified verify(Audit audit, int most) {
        List<Audit.Head> heads = new ArrayList<>();
        long entries = 0;
        Optional<String> from = Optional.empty();
        while (true) {
            Verified part = audit.verify(from, most);
            assertThat(part.entries()).isLessThanOrEqualTo(most);
            entries += part.entries();
            heads.addAll(part.heads());
            from = part.next();
            if (from.isEmpty()) {
                return new Verified(entries, heads, part.broken(), from);
            }
        }
    }

    private static List<Entry> read(Store store, Optional<Name> tenant, Filter filter) {
        List<Entry> entries = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.audit().list(tenant, filter, cursor, 2, READER);
            entries.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return entries;
    }

    private static Filter filter(Optional<String> actor, Optional<Kind> kind, Optional<String> subject) {
        return new Filter(actor, kind, subject, Optional.empty(), Optional.empty());
    }

    private static Filter between(Instant since, Instant until) {
        return new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(since), Optional.of(until));
    }

    private static void execute(TestDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
