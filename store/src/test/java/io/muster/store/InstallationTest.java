package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Device;
import io.muster.store.database.UnusableDatabaseException;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InstallationTest {

    @TempDir
    Path directory;

    @Test
    void a_node_with_another_keyring_stops_and_says_so() {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        Scene scene = new Scene(database, directory);
        scene.node();
        scene.close();
        Scene stranger = new Scene(TestServer.EXTERNAL.fresh(), directory.resolve("other"));
        stranger.node();
        stranger.close();

        assertThatThrownBy(() -> Store.open(Scene.address(database), stranger.keyring(), InstantSource.system()))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("keyring")
                .hasMessageContaining(stranger.keyring().toString());
    }

    @Test
    void a_node_that_lost_its_keyring_stops_and_makes_no_new_one() {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        Scene scene = new Scene(database, directory);
        scene.node();
        scene.close();
        Path lost = directory.resolve("lost");

        assertThatThrownBy(() -> Store.open(Scene.address(database), lost, InstantSource.system()))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("Copy the installation's keyring");
        assertThat(Files.exists(lost)).isFalse();
    }

    @Test
    void nodes_agree_on_what_the_first_one_said() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store one = scene.node();
            Store other = scene.node();
            one.installation().agree("tls-ca", "a1", "its TLS CA is another one");
            other.installation().agree("tls-ca", "a1", "its TLS CA is another one");

            assertThatThrownBy(() -> other.installation().agree("tls-ca", "b2", "its TLS CA is another one"))
                    .isInstanceOf(UnusableDatabaseException.class)
                    .hasMessageContaining("its TLS CA is another one");
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_node_that_comes_back_finds_its_devices_and_takes_up_its_lane(TestServer server) throws Exception {
        TestDatabase database = server.fresh();
        Device device;
        try (Scene scene = new Scene(database, directory)) {
            device = device(scene.enroll(scene.furnished(), "pump-1", "key-1"));
        }
        try (Scene scene = new Scene(database, directory)) {
            Store store = scene.node();
            assertThat(store.devices().find(ACME, "pump-1")).contains(device);
            assertThat(device(scene.enroll(store, "pump-1", "key-1"))).isEqualTo(device);
            device(scene.enroll(store, "pump-2", "key-2"));
        }
        assertThat(new LedgerInvariants(database).breaches()).isEmpty();
    }
}
