package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.THINGS;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claim.Budget;
import io.muster.core.roster.Claims.Order;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Treatment;
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
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClaimsTest {

    private static final Name LINE = new Name("line-1");
    private static final Name OTHER = new Name("other");
    private static final Budget BUDGET = new Budget(7, Duration.ofHours(3), 2, Optional.of("line-"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_is_found_by_its_certificate_and_by_its_name_on_every_node(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = furnished(scene);
            Store other = scene.node();
            Order order = order(ACME, LINE, THINGS, "certificate-1");
            Claim claim = made(one, order);

            assertThat(claim.tenant()).isEqualTo(ACME);
            assertThat(claim.name()).isEqualTo(LINE);
            assertThat(claim.enrollment()).isEqualTo(THINGS);
            assertThat(claim.fingerprint()).isEqualTo(order.certificate().sha256());
            assertThat(claim.budget()).isEqualTo(BUDGET);
            assertThat(claim.notAfter()).isEqualTo(order.notAfter());
            assertThat(claim.revoked()).isFalse();
            assertThat(claim.spent()).isZero();
            assertThat(claim.networks()).isZero();
            assertThat(other.claims().holding(claim.fingerprint())).containsExactly(claim);
            assertThat(other.claims().find(ACME, LINE)).contains(claim);
            assertThat(other.claims().list(ACME, Scope.of(ACME), Optional.empty(), 10))
                    .containsExactly(claim);
            assertThat(other.claims().holding(bytes("certificate-2").sha256())).isEmpty();
            assertThat(other.claims().find(ACME, OTHER)).isEmpty();
            assertThat(other.claims().find(OTHER, LINE)).isEmpty();
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_that_many_connect_with_at_once_is_one_claim_to_each(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory);
                ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
            Store store = furnished(scene);
            Claim claim = made(store, order(ACME, LINE, THINGS, "certificate-1"));
            List<Future<List<Claim>>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(devices.submit(() -> store.claims().holding(claim.fingerprint())));
            }
            for (Future<List<Claim>> answer : answers) {
                assertThat(answer.get()).containsExactly(claim);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_name_and_a_certificate_are_taken_once_in_a_tenant(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            Claim claim = made(store, order(ACME, LINE, THINGS, "certificate-1"));
            store.claims().revoke(ACME, LINE, OPERATOR);

            for (Order taken : List.of(
                    order(ACME, LINE, THINGS, "certificate-2"),
                    order(ACME, new Name("line-2"), THINGS, "certificate-1"))) {
                assertThat(store.claims().make(taken, OPERATOR)).isEqualTo(new Registered.Exists<>("claim line-1"));
            }
            Claim elsewhere = made(store, order(OTHER, LINE, THINGS, "certificate-1"));
            assertThat(store.claims().holding(claim.fingerprint()))
                    .extracting(Claim::tenant)
                    .containsExactlyInAnyOrder(ACME, OTHER);
            assertThat(store.claims().find(OTHER, LINE)).contains(elsewhere);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_is_for_a_group_that_takes_claims(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            for (Order missing : List.of(
                    order(new Name("nobody"), LINE, THINGS, "certificate-1"),
                    order(ACME, LINE, new Name("none"), "certificate-1"),
                    order(ACME, LINE, PUMPS, "certificate-1"))) {
                assertThat(store.claims().make(missing, OPERATOR)).isInstanceOf(Registered.Missing.class);
            }
            assertThat(store.claims().list(ACME, Scope.of(ACME), Optional.empty(), 10))
                    .isEmpty();
            assertThat(store.claims().list(new Name("nobody"), Scope.INSTALLATION, Optional.empty(), 10))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void claims_come_in_pages_by_name_and_within_a_scope(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            store.registrar().create(group(ACME, new Name("valves")), OPERATOR);
            List<Claim> made = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Name enrollment = i % 2 == 0 ? THINGS : new Name("valves");
                made.add(made(store, order(ACME, new Name("line-" + i), enrollment, "certificate-" + i)));
            }
            List<Claim> first = store.claims().list(ACME, Scope.of(ACME), Optional.empty(), 3);
            Optional<Name> last = Optional.of(first.getLast().name());
            Scope valves = new Scope(Optional.of(ACME), Set.of(new Name("valves")), Set.of());

            assertThat(first).isEqualTo(made.subList(0, 3));
            assertThat(store.claims().list(ACME, Scope.of(ACME), last, 3)).isEqualTo(made.subList(3, 5));
            assertThat(store.claims().list(ACME, valves, Optional.empty(), 10))
                    .containsExactly(made.get(1), made.get(3));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_is_revoked_once_and_on_every_node(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = furnished(scene);
            Store other = scene.node();
            Claim claim = made(one, order(ACME, LINE, THINGS, "certificate-1"));
            Registered<Claim> revoked = other.claims().revoke(ACME, LINE, OPERATOR);
            Registered<Claim> again = one.claims().revoke(ACME, LINE, OPERATOR);

            assertThat(((Registered.Done<Claim>) revoked).value().revoked()).isTrue();
            assertThat(again).isEqualTo(revoked);
            assertThat(one.claims().holding(claim.fingerprint()))
                    .singleElement()
                    .satisfies(it -> assertThat(it.revoked()).isTrue());
            assertThat(one.claims().revoke(ACME, OTHER, OPERATOR)).isInstanceOf(Registered.Missing.class);
            assertThat(one.claims().revoke(new Name("nobody"), LINE, OPERATOR)).isInstanceOf(Registered.Missing.class);
            assertThat(entries(one)).containsExactly(Audit.Kind.CLAIM_MADE, Audit.Kind.CLAIM_REVOKED);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_dry_run_answers_as_if_and_leaves_nothing(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = furnished(scene);
            Warrant dry = new Warrant("test", "", "", true);
            Registered<Claim> rehearsed = store.claims().make(order(ACME, LINE, THINGS, "certificate-1"), dry);
            assertThat(rehearsed).isInstanceOf(Registered.Done.class);
            assertThat(store.claims().find(ACME, LINE)).isEmpty();

            Claim claim = made(store, order(ACME, LINE, THINGS, "certificate-1"));
            store.claims().revoke(ACME, LINE, dry);
            assertThat(store.claims().find(ACME, LINE)).contains(claim);
            assertThat(entries(store)).containsExactly(Audit.Kind.CLAIM_MADE);
        }
    }

    private static List<Audit.Kind> entries(Store store) {
        Audit.Filter claims = new Audit.Filter(
                Optional.empty(), Optional.empty(), Optional.of("claim:line-1"), Optional.empty(), Optional.empty());
        return store.audit().list(Optional.of(ACME), claims, Optional.empty(), 100, OPERATOR).items().stream()
                .map(Audit.Entry::kind)
                .toList();
    }

    /// Two tenants with a group that takes claims.
    private static Store furnished(Scene scene) {
        Store store = scene.furnished();
        store.registrar().create(Scene.things(1, true), OPERATOR);
        store.registrar().create(new Tenant(OTHER, true), OPERATOR);
        store.registrar().create(group(OTHER, THINGS), OPERATOR);
        return store;
    }

    private static Enrollment group(Name tenant, Name name) {
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
        return new Enrollment(tenant, name, 1, Optional.empty(), new Proof.Claims(), treatment, true);
    }

    private static Claim made(Store store, Order order) {
        Registered<Claim> made = store.claims().make(order, OPERATOR);
        return ((Registered.Done<Claim>) made).value();
    }

    static Order order(Name tenant, Name name, Name enrollment, String certificate) {
        Instant end = Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.MILLIS);
        return new Order(tenant, name, enrollment, bytes(certificate), BUDGET, end);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
