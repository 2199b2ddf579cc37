package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.flow.Drain;
import io.muster.core.flow.Observer;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operation.Chip;
import io.muster.core.ledger.Operation.State;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(offset.get());

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_node_whose_clock_is_off_defers_and_drains_when_it_is_right_again(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Store store = scene.furnished();
            Drain drain = new Drain(
                    store.roster(), store.ledger(), store.operations(), Scene.steps(store), clock, Observer.NOBODY);
            offset.set(Duration.ofMinutes(6));
            Outcome.Deferred deferred = (Outcome.Deferred) scene.enroll(store, "pump-1", "key-1");
            Outcome.Deferred again = (Outcome.Deferred) scene.enroll(store, "pump-1", "key-1");

            assertThat(again.operation()).isEqualTo(deferred.operation());
            assertThat(store.devices().find(ACME, "pump-1")).isEmpty();

            offset.set(Duration.ZERO);
            assertThat(drain.once()).isEqualTo(1);
            assertThat(store.operations().find(ACME, id("pump-1"), deferred.operation()))
                    .map(Operation::state)
                    .containsInstanceOf(State.Done.class);
            assertThat(device(scene.pipeline(store)
                                    .status(Scene.request("pump-1", "key-1", Optional.empty()), deferred.operation()))
                            .deviceId())
                    .isEqualTo("pump-1");
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_node_whose_clock_stepped_back_behind_its_last_commit_issues_nothing(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Store store = scene.furnished();
            device(scene.enroll(store, "pump-1", "key-1"));
            offset.set(Duration.ofSeconds(-20));
            assertThat(scene.enroll(store, "pump-2", "key-2")).isInstanceOf(Outcome.Deferred.class);
            offset.set(Duration.ZERO);
            device(scene.enroll(store, "pump-2", "key-2"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_is_kept_of_a_chip_is_read_as_it_was_written(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Store store = scene.furnished();
            Bytes key = Bytes.of(new byte[] {1, 2});
            TpmChip keys = new TpmChip(key, Optional.of(key), key, TpmChip.Role.STORAGE_ROOT);
            IdentityKey resident = IdentityKey.ofPublicKey(new byte[] {3});
            for (Chip chip : List.of(
                    Chip.NONE,
                    new Chip(Optional.of(resident), Optional.empty()),
                    new Chip(Optional.of(resident), Optional.of(keys)))) {
                String name = "board-" + chip.hashCode();
                OperationId id = SecrecyTest.defer(store, name, chip);
                assertThat(scene.node().operations().find(ACME, id(name), id))
                        .map(Operation::chip)
                        .contains(chip);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_one_worker_took_no_other_sees_until_its_lease_ends(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Store one = scene.furnished();
            Store other = scene.node();
            offset.set(Duration.ofMinutes(6));
            scene.enroll(one, "pump-1", "key-1");
            scene.enroll(one, "pump-2", "key-2");
            offset.set(Duration.ZERO);
            List<Operation> first = one.operations().lease(1, LEASE);
            List<Operation> second = other.operations().lease(10, Duration.ofMillis(300));

            assertThat(first).hasSize(1);
            assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
            assertThat(one.operations().lease(10, LEASE)).isEmpty();
            List<Operation> back = await().until(() -> one.operations().lease(10, LEASE), taken -> !taken.isEmpty());
            assertThat(back).isEqualTo(second);
            one.operations().postpone(back.getFirst(), Duration.ZERO);
            assertThat(other.operations().lease(10, LEASE)).isEqualTo(second);
        }
    }
}
