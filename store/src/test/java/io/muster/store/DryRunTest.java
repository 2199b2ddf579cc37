package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.GATES;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Warrant;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Certificates.Revoked;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Tokens.Made;
import io.muster.core.roster.Tokens.Order;
import io.muster.store.testkit.Contents;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DryRunTest {

    private static final Warrant DRY = new Warrant("test", "", "", true);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_dry_run_answers_as_if_and_writes_nothing(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Registrar registrar = store.registrar();
            registrar.create(Scene.gates(1), OPERATOR);
            Made token = made(store.tokens().make(order(), OPERATOR));
            Device pump = device(scene.pipeline(store).enroll(Requests.byKey("pump-1", "key-1", "certified-1")));
            Credential credential = pump.currentCredential().orElseThrow();
            Map<String, String> before = contents(scene);
            String keyring = keyring(scene);

            Tenant other = new Tenant(new Name("other"), true);
            assertThat(registrar.create(other, DRY)).isEqualTo(new Registered.Done<>(other));
            assertThat(registrar.create(Scene.hub(new Name("us-1")), DRY)).isInstanceOf(Registered.Done.class);
            CertificateProfile second = WordIssuer.profile(2);
            assertThat(registrar.change(second, DRY)).isEqualTo(new Registered.Done<>(second));
            Enrollment changed = Scene.group(PUMPS, 2, false);
            assertThat(registrar.change(changed, DRY)).isEqualTo(new Registered.Done<>(changed));
            assertThat(registrar.create(Scene.group(new Name("meters"), 1, true), DRY))
                    .isInstanceOf(Registered.Done.class);
            assertThat(made(store.tokens().make(order(), DRY)).token().enrollment())
                    .isEqualTo(GATES);
            assertThat(store.tokens().revoke(ACME, token.token().id(), DRY))
                    .isInstanceOfSatisfying(
                            Registered.Done.class, done -> assertThat(((OneTimeToken) done.value()).revoked())
                                    .isTrue());
            assertThat(store.certificates().revoke(ACME, credential.serial(), Reason.KEY_COMPROMISE, DRY))
                    .isInstanceOfSatisfying(Revoked.Done.class, done -> assertThat(
                                    done.certificate().credential().state())
                            .isEqualTo(Credential.State.REVOKED));

            assertThat(contents(scene)).isEqualTo(before);
            assertThat(keyring(scene)).isEqualTo(keyring);
            assertThat(scene.enroll(store, "pump-2", "key-2").toString()).contains("Enrolled");
            assertThat(registrar.change(changed, OPERATOR)).isEqualTo(new Registered.Done<>(changed));
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_dry_run_is_refused_as_the_change_would_be(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Registrar registrar = scene.furnished().registrar();
            assertThat(registrar.create(new Tenant(ACME, true), DRY)).isInstanceOf(Registered.Exists.class);
            assertThat(registrar.create(Scene.hub(Scene.HUB), DRY)).isInstanceOf(Registered.Exists.class);
            assertThat(registrar.change(Scene.group(PUMPS, 7, true), DRY)).isInstanceOf(Registered.Stale.class);
            assertThat(registrar.change(Scene.group(GATES, 2, true), DRY)).isInstanceOf(Registered.Missing.class);
        }
    }

    private static Made made(Registered<Made> registered) {
        if (registered instanceof Registered.Done<Made>(Made made)) {
            return made;
        }
        throw new AssertionError("not made: " + registered);
    }

    private static Order order() {
        return new Order(ACME, GATES, id("gate-1"), 1, Instant.now().plus(Duration.ofHours(1)));
    }

    private static Map<String, String> contents(Scene scene) throws SQLException {
        return Contents.of(scene.database(), "lane.seen_at");
    }

    private static String keyring(Scene scene) {
        return String.join(
                " ",
                new java.util.TreeSet<>(
                        java.util.Arrays.asList(scene.keyring().toFile().list())));
    }
}
