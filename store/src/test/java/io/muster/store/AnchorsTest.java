package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.store.testkit.Contents;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnchorsTest {

    private static final Warrant DRY = new Warrant("test", "", "", true);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_anchor_is_registered_verified_and_deleted_and_every_node_sees_it(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            RegisteredAnchors one = scene.furnished().anchors();
            RegisteredAnchors other = scene.node().anchors();
            RegisteredAnchor maker = anchor("maker", 1);
            assertThat(one.register(maker, OPERATOR)).isEqualTo(new Registered.Done<>(maker));
            assertThat(other.list(ACME)).containsExactly(maker);

            RegisteredAnchor verified = maker.verified(NOON.plusSeconds(60));
            assertThat(other.verify(verified, OPERATOR)).isEqualTo(new Registered.Done<>(verified));
            assertThat(one.verify(verified, OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(one.list(ACME)).containsExactly(verified);

            assertThat(one.delete(maker, OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(one.delete(verified, OPERATOR)).isEqualTo(new Registered.Done<>(verified));
            assertThat(one.delete(verified, OPERATOR)).isInstanceOf(Registered.Missing.class);
            assertThat(other.list(ACME)).isEmpty();
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_name_and_a_certificate_are_registered_once_in_a_tenant_and_tenants_never_meet() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().create(new Tenant(new Name("other"), true), OPERATOR);
            RegisteredAnchors anchors = store.anchors();
            anchors.register(anchor("maker", 1), OPERATOR);

            assertThat(anchors.register(anchor("maker", 2), OPERATOR)).isInstanceOf(Registered.Exists.class);
            assertThat(anchors.register(anchor("copy", 1), OPERATOR)).isInstanceOf(Registered.Exists.class);
            assertThat(anchors.list(new Name("other"))).isEmpty();
            assertThat(anchors.list(new Name("nobody"))).isEmpty();
            assertThat(anchors.register(of(new Name("other"), "maker", 1), OPERATOR))
                    .isInstanceOf(Registered.Done.class);
            assertThat(anchors.register(of(new Name("nobody"), "maker", 1), OPERATOR))
                    .isInstanceOf(Registered.Missing.class);
        }
    }

    @Test
    void a_tenant_has_so_many_and_no_more() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            RegisteredAnchors anchors = scene.furnished().anchors();
            for (int i = 0; i < RegisteredAnchor.MAX; i++) {
                assertThat(anchors.register(anchor("maker-" + i, i), OPERATOR)).isInstanceOf(Registered.Done.class);
            }

            assertThat(anchors.register(anchor("one-more", 9_999), OPERATOR)).isInstanceOf(Registered.Full.class);
        }
    }

    @Test
    void an_anchor_that_an_enrollment_trusts_stays_until_it_trusts_another() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            RegisteredAnchor maker = anchor("maker", 1);
            store.anchors().register(maker, OPERATOR);
            store.registrar().create(trusting(new Name("meters"), 1, maker), OPERATOR);

            assertThat(store.anchors().delete(maker, OPERATOR))
                    .isEqualTo(new Registered.Needed<>("anchor maker", "enrollment meters"));
            store.registrar().change(trusting(new Name("meters"), 2, anchor("next", 2)), OPERATOR);
            assertThat(store.anchors().delete(maker, OPERATOR)).isInstanceOf(Registered.Done.class);
        }
    }

    @Test
    void where_a_tenant_insists_an_enrollment_comes_to_trust_verified_anchors_alone() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Registrar registrar = store.registrar();
            RegisteredAnchor old = anchor("old", 1);
            RegisteredAnchor maker = anchor("maker", 2);
            registrar.create(trusting(new Name("meters"), 1, old), OPERATOR);
            registrar.change(new Tenant(ACME, true), new Tenant(ACME, true, false, true), OPERATOR);
            store.anchors().register(maker, OPERATOR);

            assertThat(registrar.create(trusting(new Name("gates"), 1, maker), OPERATOR))
                    .isInstanceOfSatisfying(Registered.Missing.class, missing -> assertThat(missing.what())
                            .contains("verified anchor for CN=maker"));
            assertThat(registrar.change(trusting(new Name("meters"), 2, old, maker), OPERATOR))
                    .isInstanceOf(Registered.Missing.class);
            Enrollment same = trusting(new Name("meters"), 2, old);
            assertThat(registrar.change(same, OPERATOR)).isEqualTo(new Registered.Done<>(same));
            assertThat(registrar.change(Scene.group(PUMPS, 2, false), OPERATOR)).isInstanceOf(Registered.Done.class);

            store.anchors().verify(maker.verified(NOON), OPERATOR);
            assertThat(registrar.create(trusting(new Name("gates"), 1, maker), OPERATOR))
                    .isInstanceOf(Registered.Done.class);
            assertThat(registrar.change(trusting(new Name("meters"), 3, old, maker), OPERATOR))
                    .isInstanceOf(Registered.Done.class);
        }
    }

    @Test
    void what_is_done_to_an_anchor_is_audited_and_a_dry_run_writes_nothing() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            RegisteredAnchor maker = anchor("maker", 1);
            store.anchors().register(maker, OPERATOR);
            var before = Contents.of(scene.database(), "lane.seen_at");
            RegisteredAnchor verified = maker.verified(NOON);
            assertThat(store.anchors().register(anchor("dry", 2), DRY)).isInstanceOf(Registered.Done.class);
            assertThat(store.anchors().verify(verified, DRY)).isInstanceOf(Registered.Done.class);
            assertThat(store.anchors().delete(maker, DRY)).isInstanceOf(Registered.Done.class);
            assertThat(Contents.of(scene.database(), "lane.seen_at")).isEqualTo(before);

            store.anchors().verify(verified, OPERATOR);
            store.anchors().delete(verified, OPERATOR);
            var entries = store.audit()
                    .list(Optional.of(ACME), subject(), Optional.empty(), 10, OPERATOR)
                    .items();
            assertThat(entries)
                    .extracting(Audit.Entry::kind)
                    .containsExactly(Audit.Kind.ANCHOR_CREATED, Audit.Kind.ANCHOR_VERIFIED, Audit.Kind.ANCHOR_DELETED);
            assertThat(entries.get(1).before()).isEqualTo(entries.get(0).after());
            assertThat(entries.get(2).before()).isEqualTo(entries.get(1).after());
            assertThat(entries.get(2).after()).isEmpty();
        }
    }

    /// Or one tenant could name the authority of another's maker, and wait for its devices.
    @Test
    void whoever_names_no_tenant_finds_it_by_a_verified_authority_alone_unless_there_is_only_one() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            RegisteredAnchor maker = anchor("maker", 1);
            store.anchors().register(maker, OPERATOR);
            store.registrar().create(trusting(new Name("meters"), 1, maker), OPERATOR);
            Set<String> issuers = Set.of(maker.certificate().subject());
            store.roster().refresh();
            assertThat(store.roster().trusting(Optional.empty(), issuers)).hasSize(1);

            store.registrar().create(new Tenant(new Name("other"), true), OPERATOR);
            store.roster().refresh();
            assertThat(store.roster().trusting(Optional.empty(), issuers)).isEmpty();
            assertThat(store.roster().trusting(Optional.of(ACME.value()), issuers))
                    .hasSize(1);
            assertThat(store.roster().trusting(Optional.of("other"), issuers)).isEmpty();

            store.anchors().verify(maker.verified(NOON.plusSeconds(60)), OPERATOR);
            await().until(() ->
                    store.roster().trusting(Optional.empty(), issuers).size() == 1);
        }
    }

    private static Audit.Filter subject() {
        return new Audit.Filter(
                Optional.empty(), Optional.empty(), Optional.of("anchor:maker"), Optional.empty(), Optional.empty());
    }

    private static Enrollment trusting(Name name, int version, RegisteredAnchor... anchors) {
        Enrollment usual = Scene.group(name, version, true);
        return new Enrollment(
                usual.tenant(),
                usual.name(),
                usual.version(),
                usual.individual(),
                new Proof.Authorities(List.of(anchors).stream()
                        .map(RegisteredAnchor::certificate)
                        .toList()),
                usual.treatment(),
                usual.enabled());
    }

    private static RegisteredAnchor anchor(String name, int certificate) {
        return of(ACME, name, certificate);
    }

    private static RegisteredAnchor of(Name tenant, String name, int certificate) {
        Anchor read = new Anchor(
                Bytes.of(("certificate " + certificate).getBytes(StandardCharsets.UTF_8)),
                "CN=" + name,
                "%064x".formatted(certificate),
                Instant.parse("2030-01-01T00:00:00Z"));
        return new RegisteredAnchor(tenant, new Name(name), 1, read, "00112233", NOON, Optional.empty());
    }
}
