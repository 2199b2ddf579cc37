package io.muster.store;

import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
                "UPDATE muster.lane SET head_seq = head_seq + 1"
            })
    void what_was_tampered_with_is_noticed(String tampering) throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().change(Scene.enrollment(PUMPS, 2, Optional.empty(), true, KeyChange.ALLOW), OPERATOR);
            device(scene.enroll(store, "pump-1", "key-1"));
            device(scene.enroll(store, "pump-1", "key-2"));
            LedgerInvariants ledger = new LedgerInvariants(scene.database());
            assertThat(ledger.breaches()).isEmpty();

            FaultTest.run(scene, tampering);
            assertThat(ledger.breaches()).isNotEmpty();
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
