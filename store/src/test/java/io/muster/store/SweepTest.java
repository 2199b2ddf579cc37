package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.address;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Creation;
import io.muster.core.roster.Claim;
import io.muster.store.database.Database;
import io.muster.store.keyring.Keyring;
import io.muster.store.ledger.Rooms;
import io.muster.store.ledger.Sweep;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Sealing;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SweepTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void the_newest_eight_attempts_stay_for_ever_and_all_stay_for_seven_days(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            for (int i = 0; i < 11; i++) {
                device(scene.enroll(store, "pump-1", "key-1"));
            }
            device(scene.enroll(store, "pump-2", "key-2"));
            List<Attempt> before = store.attempts().of(ACME, id("pump-1"), 20);

            assertThat(sweepAll(scene, Instant.now().plus(Duration.ofDays(6)))).isZero();
            assertThat(sweepAll(scene, Instant.now().plus(Duration.ofDays(8)))).isEqualTo(3);
            assertThat(store.attempts().of(ACME, id("pump-1"), 20)).isEqualTo(before.subList(0, 8));
            assertThat(store.attempts().of(ACME, id("pump-2"), 20)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_token_goes_a_week_after_it_expired_and_its_uses_with_it(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().create(Scene.gates(1), OPERATOR);
            String token = TokensTest.text(TokensTest.make(store, "gate-1", 1));
            device(scene.pipeline(store).enroll(Requests.byToken("gate-1", token, "key-1")));

            assertThat(sweepAll(scene, Instant.now().plus(Duration.ofDays(7)))).isZero();
            assertThat(store.tokens().list(ACME, Optional.empty(), 10)).hasSize(1);
            assertThat(sweepAll(scene, Instant.now().plus(Duration.ofDays(8)))).isEqualTo(1);
            assertThat(store.tokens().list(ACME, Optional.empty(), 10)).isEmpty();
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    /// What was created and is a device's stays: it is where that device's certificate is found.
    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_certificate_that_nobody_registered_goes_a_week_after_its_end(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = CreationsTest.furnished(scene);
            store.authorityVault().keepFirst(RevocationsTest.authority(WordIssuer.KEY_ID));
            Claim claim = CreationsTest.claim(store, 10);
            Creation used = CreationsTest.kept(store, claim, "key-1");
            Creation forgotten = CreationsTest.kept(store, claim, "key-2");
            device(CreationsTest.register(
                    scene, store, "thing-1", used.credential().serial()));
            Instant end = forgotten.credential().notAfter();

            assertThat(store.creations().revokeForgotten(Instant.now().plus(Duration.ofHours(2))))
                    .isEqualTo(1);
            sweepAll(scene, end.plus(Duration.ofDays(6)));
            assertThat(store.creations().find(ACME, forgotten.credential().serial()))
                    .isPresent();
            sweepAll(scene, end.plus(Duration.ofDays(8)));
            assertThat(store.creations().find(ACME, forgotten.credential().serial()))
                    .isEmpty();
            assertThat(store.creations().find(ACME, used.credential().serial())).isPresent();
            assertThat(store.certificates().find(ACME, used.credential().serial()))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_claim_goes_a_month_after_its_end_revoked_or_not(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = CreationsTest.furnished(scene);
            Claim claim = CreationsTest.claim(store, 10);
            store.claims().revoke(ACME, claim.name(), OPERATOR);

            sweepAll(scene, claim.notAfter().plus(Duration.ofDays(29)));
            assertThat(store.claims().find(ACME, claim.name())).isPresent();
            sweepAll(scene, claim.notAfter().plus(Duration.ofDays(31)));
            assertThat(store.claims().find(ACME, claim.name())).isEmpty();
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    private static int sweepAll(Scene scene, Instant now) {
        Keyring keyring = Keyring.open(scene.keyring());
        Sealing sealing = new Sealing(keyring);
        BlindIndex index = new BlindIndex(keyring.index());
        try (Database database = Database.open(address(scene.database()));
                Rooms rooms = new Rooms(database, new PostgresRoster(database, sealing, index), sealing, index)) {
            return rooms.sweep(0, Sweep.ALL_SLOTS).round(now);
        }
    }
}
