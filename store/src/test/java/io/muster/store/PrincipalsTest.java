package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.AccessKey;
import io.muster.core.access.KeyText;
import io.muster.core.access.Principals;
import io.muster.core.access.Principals.Answer;
import io.muster.core.access.Principals.Order;
import io.muster.core.access.Principals.Rotation;
import io.muster.core.access.ProvedBy;
import io.muster.core.access.Repeats;
import io.muster.core.access.Repeats.Begun;
import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.access.SharedAccessSignature;
import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Tenant;
import io.muster.store.testkit.Contents;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrincipalsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(90));
    private static final Scope NARROW = new Scope(Optional.of(ACME), Set.of(PUMPS), Set.of(new Name("eu")));

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_key_opens_on_every_node_until_it_is_revoked_on_any(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Principals one = scene.furnished().principals();
            Principals other = scene.node().principals();
            Answer.Done made = done(one.make(key("ci", NARROW), OPERATOR));
            KeyText text = text(made);

            assertThat(other.byText(text, NOW)).contains(made.key());
            assertThat(made.key().scope()).isEqualTo(NARROW);
            assertThat(made.key().madeBy()).isEqualTo("test");
            assertThat(other.find(Optional.of(ACME), text.id())).contains(made.key());
            assertThat(other.find(Optional.empty(), text.id())).isEmpty();
            assertThat(other.find(Optional.of(new Name("other")), text.id())).isEmpty();
            KeyText forged = KeyText.of(text.id(), new byte[KeyText.CHANCE_BYTES]);
            assertThat(other.byText(forged, NOW)).isEmpty();

            AccessKey revoked = done(other.revoke(made.key(), OPERATOR)).key();
            assertThat(one.byText(text, NOW).orElseThrow().standing(NOW)).isEqualTo(AccessKey.Standing.REVOKED);
            assertThat(revoked.version()).isEqualTo(2);
            assertThat(one.rotate(made.key(), rotation(), OPERATOR)).isEqualTo(new Answer.Stale(2));
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_policy_is_known_by_its_signature_in_its_own_tenant(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Principals principals = store.principals();
            Answer.Done made = done(principals.make(policy("owner"), OPERATOR));
            byte[] key = Base64.getDecoder().decode(made.text().orElseThrow().reveal());

            assertThat(principals.bySignature(signed("owner", Optional.of(ACME), key), NOW))
                    .contains(made.key());
            assertThat(principals.bySignature(signed("owner", Optional.empty(), key), NOW))
                    .contains(made.key());
            assertThat(principals.bySignature(signed("owner", Optional.of(ACME), new byte[32]), NOW))
                    .isEmpty();
            assertThat(principals.bySignature(signed("other", Optional.of(ACME), key), NOW))
                    .isEmpty();
            assertThat(principals.make(policy("owner"), OPERATOR)).isEqualTo(new Answer.Taken());

            AccessKey rotated = done(principals.rotate(
                            made.key(),
                            new Rotation(new ProvedBy.SharedAccess(), NOW.plusSeconds(60), Optional.of(LATER)),
                            OPERATOR))
                    .key();
            assertThat(principals.bySignature(signed("owner", Optional.of(ACME), key), NOW))
                    .contains(rotated);
            assertThat(principals.bySignature(signed("owner", Optional.of(ACME), key), NOW.plusSeconds(61)))
                    .isEmpty();

            store.registrar().create(new Tenant(new Name("other"), true), OPERATOR);
            assertThat(principals.bySignature(signed("owner", Optional.empty(), key), NOW))
                    .isEmpty();
            principals.revoke(rotated, OPERATOR);
            assertThat(principals.make(policy("owner"), OPERATOR)).isInstanceOf(Answer.Done.class);
        }
    }

    private static Order policy(String name) {
        return new Order(name, new ProvedBy.SharedAccess(), Role.OPERATOR, Scope.of(ACME), Optional.of(LATER));
    }

    private static SharedAccessSignature signed(String policy, Optional<Name> tenant, byte[] key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        Bytes signature = Bytes.of(mac.doFinal("host\n1".getBytes(StandardCharsets.UTF_8)));
        return new SharedAccessSignature(policy, tenant, "host", LATER, "host\n1", signature);
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void after_a_rotation_both_texts_open_until_the_overlap_ends(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Principals principals = scene.furnished().principals();
            Answer.Done made = done(principals.make(key("ci", Scope.INSTALLATION), OPERATOR));
            Answer.Done rotated = done(principals.rotate(made.key(), rotation(), OPERATOR));
            assertThat(text(rotated).id()).isEqualTo(text(made).id());
            assertThat(principals.byText(text(rotated), NOW.plusSeconds(61))).contains(rotated.key());
            assertThat(principals.byText(text(made), NOW)).contains(rotated.key());
            assertThat(principals.byText(text(made), NOW.plusSeconds(60))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_client_is_known_by_its_key_or_by_its_certificate_and_by_nothing_else(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Principals principals = scene.furnished().principals();
            String key = "ab".repeat(32);
            String certificate = "cd".repeat(32);
            AccessKey byKey = done(principals.make(service(new ProvedBy.ClientKey(key)), OPERATOR))
                    .key();
            AccessKey byCertificate = done(principals.make(
                            service(new ProvedBy.ClientCertificate(certificate)), OPERATOR))
                    .key();
            String stranger = "ef".repeat(32);
            assertThat(principals.byCertificate(key, stranger, NOW)).contains(byKey);
            assertThat(principals.byCertificate(stranger, certificate, NOW)).contains(byCertificate);
            assertThat(principals.byCertificate(certificate, key, NOW)).isEmpty();
            assertThat(principals.byCertificate(stranger, stranger, NOW)).isEmpty();
            assertThat(principals.make(service(new ProvedBy.ClientKey(key)), OPERATOR))
                    .isEqualTo(new Answer.Taken());
            principals.revoke(byKey, OPERATOR);
            assertThat(principals.make(service(new ProvedBy.ClientKey(key)), OPERATOR))
                    .isInstanceOf(Answer.Done.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void keys_are_listed_by_tenant_and_page_and_nothing_tells_their_text_or_name(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Principals principals = scene.furnished().principals();
            List<AccessKey> made = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                made.add(done(principals.make(key("needle-" + i, Scope.of(ACME)), OPERATOR))
                        .key());
            }
            principals.make(key("mine", Scope.INSTALLATION), OPERATOR);
            made.sort(java.util.Comparator.comparing(it -> it.id().value()));
            Optional<Name> acme = Optional.of(ACME);
            assertThat(principals.list(acme, Optional.empty(), 3)).isEqualTo(made.subList(0, 3));
            assertThat(principals.list(acme, Optional.of(made.get(2).id()), 3)).isEqualTo(made.subList(3, 5));
            assertThat(principals.list(Optional.empty(), Optional.empty(), 10)).hasSize(1);
            assertThat(principals.list(Optional.of(new Name("other")), Optional.empty(), 10))
                    .isEmpty();
            try (var connection = scene.database().connect();
                    var rows = connection
                            .createStatement()
                            .executeQuery("SELECT string_agg(p::text, ' ') || (SELECT string_agg(e::text, ' ')"
                                    + " FROM entry e) FROM principal p")) {
                rows.next();
                assertThat(rows.getString(1)).contains(made.getFirst().id().value());
                assertThat(rows.getString(1)).doesNotContain("needle").doesNotContain("mk_");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_use_is_noted_once_a_minute(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Principals principals = scene.furnished().principals();
            KeyText text = text(done(principals.make(key("ci", Scope.INSTALLATION), OPERATOR)));
            principals.used(text.id(), NOW);
            principals.used(text.id(), NOW.plusSeconds(59));
            assertThat(principals.byText(text, NOW).orElseThrow().lastUsed()).contains(NOW);
            principals.used(text.id(), NOW.plusSeconds(60));
            assertThat(principals.byText(text, NOW).orElseThrow().lastUsed()).contains(NOW.plusSeconds(60));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_dry_run_makes_no_key_and_tells_no_text(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Principals principals = scene.furnished().principals();
            AccessKey key =
                    done(principals.make(key("ci", Scope.of(ACME)), OPERATOR)).key();
            Map<String, String> before = Contents.of(scene.database(), "lane.seen_at");
            Warrant dry = new Warrant("test", "", "", true);
            assertThat(done(principals.make(key("dry", Scope.of(ACME)), dry)).text())
                    .isEmpty();
            assertThat(done(principals.rotate(key, rotation(), dry)).text()).isEmpty();
            assertThat(done(principals.revoke(key, dry)).key().revoked()).isTrue();
            assertThat(principals.make(key("x", Scope.of(new Name("other"))), dry))
                    .isInstanceOf(Answer.Missing.class);
            assertThat(Contents.of(scene.database(), "lane.seen_at")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_request_under_a_key_is_carried_out_once(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Repeats one = scene.furnished().repeats();
            Repeats other = scene.node().repeats();
            Bytes digest = Bytes.of(new byte[32]);
            assertThat(one.begin("key:a", "k", digest)).isEqualTo(new Begun.First());
            assertThat(other.begin("key:a", "k", digest)).isEqualTo(new Begun.InProgress());
            assertThat(other.begin("key:a", "k", Bytes.of(new byte[31]))).isEqualTo(new Begun.Different());
            assertThat(other.begin("key:b", "k", Bytes.of(new byte[31]))).isEqualTo(new Begun.First());
            Bytes answer = Bytes.of("{}".getBytes(StandardCharsets.UTF_8));
            one.answered("key:a", "k", answer);
            assertThat(other.begin("key:a", "k", digest)).isEqualTo(new Begun.Answered(answer));
            other.forget("key:a", "k");
            assertThat(one.begin("key:a", "k", digest)).isEqualTo(new Begun.Answered(answer));
            one.begin("key:a", "l", digest);
            one.forget("key:a", "l");
            assertThat(one.begin("key:a", "l", digest)).isEqualTo(new Begun.First());
        }
    }

    @Test
    void an_answer_is_kept_for_a_day_and_a_dead_node_s_request_for_two_minutes() {
        java.util.concurrent.atomic.AtomicReference<Instant> now =
                new java.util.concurrent.atomic.AtomicReference<>(NOW);
        try (Scene scene = new Scene(TestServer.EMBEDDED.fresh(), directory, now::get)) {
            Repeats repeats = scene.node().repeats();
            Bytes digest = Bytes.of(new byte[32]);
            repeats.begin("key:a", "died", digest);
            repeats.begin("key:a", "done", digest);
            repeats.answered("key:a", "done", digest);
            now.set(NOW.plusSeconds(121));
            assertThat(repeats.begin("key:a", "died", digest)).isEqualTo(new Begun.First());
            assertThat(repeats.begin("key:a", "done", digest)).isInstanceOf(Begun.Answered.class);
            now.set(NOW.plus(Duration.ofHours(25)));
            assertThat(repeats.begin("key:a", "done", digest)).isEqualTo(new Begun.First());
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void lists_are_narrowed_to_a_scope(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().create(Scene.gates(1), OPERATOR);
            scene.enroll(store, "pump-1", "key-1");
            Scope pumps = new Scope(Optional.of(ACME), Set.of(PUMPS), Set.of());
            Scope gates = new Scope(Optional.of(ACME), Set.of(Scene.GATES), Set.of());
            Scope eu = new Scope(Optional.of(ACME), Set.of(), Set.of(new Name("eu")));
            Scope us = new Scope(Optional.of(ACME), Set.of(), Set.of(new Name("us")));
            for (Scope seeing : List.of(pumps, eu, NARROW, Scope.INSTALLATION)) {
                assertThat(devices(store, seeing)).as(seeing.toString()).hasSize(1);
                assertThat(store.attempts().of(ACME, seeing, Scene.id("pump-1"), 10))
                        .hasSize(1);
            }
            for (Scope blind : List.of(gates, us)) {
                assertThat(devices(store, blind)).as(blind.toString()).isEmpty();
                assertThat(store.attempts().of(ACME, blind, Scene.id("pump-1"), 10))
                        .isEmpty();
            }
            assertThat(store.registrar().enrollments(ACME, pumps, Optional.empty(), 10))
                    .hasSize(1);
            assertThat(store.registrar().enrollments(ACME, us, Optional.empty(), 10))
                    .hasSize(2);
        }
    }

    private static List<?> devices(Store store, Scope scope) {
        Devices.Filter filter = new Devices.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                scope);
        return store.devices().list(ACME, filter, Optional.empty(), 10).items();
    }

    private static Order key(String name, Scope scope) {
        return new Order(name, new ProvedBy.ApiKey(), Role.VIEWER, scope, Optional.of(LATER));
    }

    private static Order service(ProvedBy provedBy) {
        return new Order("service", provedBy, Role.OPERATOR, Scope.of(ACME), Optional.empty());
    }

    private static Rotation rotation() {
        return new Rotation(new ProvedBy.ApiKey(), NOW.plusSeconds(60), Optional.of(LATER));
    }

    private static Answer.Done done(Answer answer) {
        if (answer instanceof Answer.Done done) {
            return done;
        }
        throw new AssertionError("not done: " + answer);
    }

    private static KeyText text(Answer.Done made) {
        String text = new String(made.text().orElseThrow().reveal(), StandardCharsets.US_ASCII);
        return KeyText.parse(text).orElseThrow();
    }
}
