package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Credential;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.store.lane.LaneWatch.Batch;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VitalsTest {

    @TempDir
    Path directory;

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(offset.get());

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void operations_that_wait_are_counted_with_the_age_of_the_oldest(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Store store = scene.furnished();
            assertThat(store.vitals().backlog()).isEqualTo(new Vitals.Backlog(0, Duration.ZERO));

            offset.set(Duration.ofMinutes(6));
            assertThat(scene.enroll(store, "pump-1", "key-1")).isInstanceOf(Outcome.Deferred.class);
            assertThat(scene.enroll(store, "pump-2", "key-2")).isInstanceOf(Outcome.Deferred.class);

            assertThat(store.vitals().backlog().waiting()).isEqualTo(2);
            assertThat(store.vitals().backlog().oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void certificates_that_end_soon_are_counted_by_tenant_and_those_with_a_successor_are_not(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Credential first = certified(scene, store, Requests.byKey("pump-1", "key-1", "certified-1"));
            certified(scene, store, Requests.renewal("pump-1", first.serial(), "certified-2"));
            Credential other = certified(scene, store, Requests.byKey("pump-2", "key-2", "certified-3"));
            Instant end = other.notAfter();

            assertThat(store.vitals().expiring(end.minus(Duration.ofDays(100)))).isEmpty();
            assertThat(store.vitals().expiring(end.minus(Duration.ofDays(80))))
                    .containsExactly(new Vitals.Expiring(ACME, 0, 0, 2));
            assertThat(store.vitals().expiring(end.minus(Duration.ofDays(20))))
                    .containsExactly(new Vitals.Expiring(ACME, 0, 2, 2));
            assertThat(store.vitals().expiring(end.minus(Duration.ofDays(1))))
                    .containsExactly(new Vitals.Expiring(ACME, 2, 2, 2));
            assertThat(store.vitals().expiring(end.plus(Duration.ofDays(1)))).isEmpty();
        }
    }

    @Test
    void the_lane_and_the_pool_say_how_they_stand() {
        List<Batch> batches = new CopyOnWriteArrayList<>();
        try (Scene scene = new Scene(TestServer.EMBEDDED.fresh(), directory)) {
            scene.furnished();
            try (Store store = Store.open(Scene.address(scene.database()), scene.keyring(), clock, batches::add)) {
                long before = store.vitals().lane().headSeq();
                device(scene.enroll(store, "pump-1", "key-1"));
                device(scene.enroll(store, "pump-1", "key-1"));

                assertThat(batches).hasSize(2).allSatisfy(batch -> {
                    assertThat(batch.acts()).isEqualTo(1);
                    assertThat(batch.conflicts()).isZero();
                    assertThat(batch.nanos()).isPositive();
                });
                assertThat(store.vitals().lane().lane()).isEqualTo(2);
                assertThat(store.vitals().lane().headSeq()).isEqualTo(before + 1);
                assertThat(store.vitals().lane().waiting()).isZero();
                assertThat(store.vitals().pool().most()).isPositive();
                assertThat(store.vitals().pool().inUse()).isZero();
            }
        }
    }

    private static Credential certified(Scene scene, Store store, EnrollmentRequest request) {
        return device(scene.pipeline(store).enroll(request)).currentCredential().orElseThrow();
    }
}
