package io.muster.store;

import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Serial;
import io.muster.core.door.Outcome;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The checker itself: whatever is tampered with, it notices.
class InvariantsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM muster.binding WHERE kind = 1",
                "UPDATE muster.binding SET device_id = '\\x00' WHERE kind = 2",
                "DELETE FROM muster.device_key",
                "DELETE FROM muster.device",
                "UPDATE muster.device SET version = version + 1",
                "UPDATE muster.device SET last_seq = last_seq - 1",
                "DELETE FROM muster.entry WHERE seq = 2",
                "DELETE FROM muster.entry WHERE version = 2",
                "UPDATE muster.entry SET sealed = sealed || '\\x00' WHERE seq = 1",
                "UPDATE muster.entry SET actor = 'nobody' WHERE seq = 3",
                "UPDATE muster.entry SET prev_seq = prev_seq + 1 WHERE version = 2",
                "UPDATE muster.lane SET head_hash = '\\x00'",
                "UPDATE muster.lane SET head_seq = head_seq + 1",
                "UPDATE muster.credential SET device_id = '\\x00'",
                "UPDATE muster.credential SET state = 1",
                "UPDATE muster.credential SET ended_at = NULL",
                "DELETE FROM muster.credential",
                "DELETE FROM muster.revocation",
                "UPDATE muster.revocation SET seq = 1",
                "UPDATE muster.token SET uses = 0",
                "DELETE FROM muster.token",
                "DELETE FROM muster.token_use",
                "INSERT INTO muster.token_use SELECT tenant, slot, token_id, '\\x00' FROM muster.token_use"
            })
    void what_was_tampered_with_is_noticed(String tampering) throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().change(Scene.enrollment(PUMPS, 2, Optional.empty(), true, KeyChange.ALLOW), OPERATOR);
            device(scene.enroll(store, "pump-1", "key-1"));
            device(scene.enroll(store, "pump-1", "key-2"));
            certify(scene, store);
            LedgerInvariants ledger = new LedgerInvariants(scene.database());
            assertThat(ledger.breaches()).isEmpty();

            FaultTest.run(scene, tampering);
            assertThat(ledger.breaches()).isNotEmpty();
        }
    }

    /// Two certificates of one device, one of them ended, and one by a token.
    private static void certify(Scene scene, Store store) {
        Serial first =
                CertificatesTest.serial(scene.pipeline(store).enroll(Requests.byKey("pump-2", "key-3", "certified-1")));
        Serial second =
                CertificatesTest.serial(scene.pipeline(store).enroll(Requests.renewal("pump-2", first, "certified-2")));
        store.certificates().revoke(Scene.ACME, first, Reason.UNSPECIFIED, OPERATOR);
        store.registrar().create(Scene.gates(1), OPERATOR);
        String token = TokensTest.text(TokensTest.make(store, "gate-1", 2));
        device(scene.pipeline(store).enroll(Requests.byToken("gate-1", token, "key-4")));
        assertThat(second).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DELETE FROM muster.credential"})
    void a_certificate_that_was_acknowledged_and_is_not_stored_is_noticed(String tampering) throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Outcome outcome =
                    scene.pipeline(scene.furnished()).enroll(Requests.byKey("pump-1", "key-1", "certified-1"));
            Set<String> acknowledged = Set.of(scene.blindIndex(CertificatesTest.serial(outcome)));
            FaultTest.run(scene, tampering);
            assertThat(new LedgerInvariants(scene.database()).lostCertificates(acknowledged))
                    .hasSize(tampering.isEmpty() ? 0 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 7})
    void what_was_acknowledged_and_is_not_stored_is_noticed(long version) throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            String stored = device(scene.enroll(scene.furnished(), "pump-1", "key-1"))
                    .id()
                    .value()
                    .toString()
                    .replace("-", "");
            LedgerInvariants ledger = new LedgerInvariants(scene.database());
            assertThat(ledger.lost(Map.of(stored, 1L))).isEmpty();
            assertThat(ledger.lost(Map.of(stored, version))).hasSize(1);
            assertThat(ledger.lost(Map.of("00", 1L))).hasSize(1);
        }
    }
}
