package io.muster.store;

import static io.muster.store.FaultTest.number;
import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static io.muster.store.Scene.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.door.Check;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.flow.Enroll;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Contest.Place;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An identity key that is in two places is an event of its device, once in a while, whichever node notices.
class ContestsTest {

    private static final String EVENTS = "SELECT count(*) FROM muster.entry WHERE kind = 11";

    @TempDir
    Path directory;

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
    private final InstantSource clock = () -> Instant.now().plus(offset.get());

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_key_that_comes_under_another_name_is_an_event_of_its_device(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Store store = scene.furnished();
            Device before = device(knock(scene, store, "pump-1", "192.0.2.7"));
            Outcome outcome = knock(scene, store, "pump-2", "198.51.100.4");

            assertThat(((Outcome.Refused) outcome).refusal()).isEqualTo(new Refusal.IdentityKeyTaken());
            assertThat(store.devices().find(ACME, "pump-1")).contains(before.next());
            assertThat(codes(store, "pump-1")).containsExactly("identity_key_contested", "initial");
            assertThat(codes(store, "pump-2")).containsExactly("identity_key_taken");
            assertThat(number(scene, EVENTS)).isEqualTo(1);

            assertThat(device(knock(scene, store, "pump-1", "192.0.2.7"))).isEqualTo(before.next());
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void another_network_is_noticed_on_another_node_and_told_in_the_trace(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Device before = device(knock(scene, scene.furnished(), "pump-1", "192.0.2.7"));
            Store other = scene.node();
            assertThat(device(knock(scene, other, "pump-1", "198.51.100.4"))).isEqualTo(before.next());
            Attempt newest = other.attempts().of(ACME, id("pump-1"), 1).getFirst();

            assertThat(newest.code()).isEqualTo("unchanged");
            assertThat(newest.trace()).extracting(Check::code).contains("identity_key_contested");
            assertThat(knock(scene, other, "pump-1", "192.0.2.7")).isInstanceOf(Outcome.Enrolled.class);
            assertThat(number(scene, EVENTS)).isEqualTo(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_device_was_last_where_its_newest_accepted_try_came_from(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory, clock)) {
            Store store = scene.furnished();
            Device pump = device(knock(scene, store, "pump-1", "192.0.2.7"));
            knock(scene, store, "pump-1", "192.0.2.8");
            Instant now = clock.instant();

            assertThat(store.contests().lastPlace(pump, now.minusSeconds(60)))
                    .map(Place::source)
                    .contains("192.0.2.8");
            assertThat(store.contests().lastPlace(pump, now.plusSeconds(60))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void of_many_at_once_on_two_nodes_one_writes_the_event(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory, clock);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Store one = scene.furnished();
            device(knock(scene, one, "pump-1", "192.0.2.7"));
            List<Enroll> nodes = List.of(scene.pipeline(one), scene.pipeline(scene.node()));
            List<Callable<Outcome>> knocks = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Enroll node = nodes.get(i % 2);
                String name = "copy-" + i;
                knocks.add(() -> node.enroll(request(name, "key-1", Optional.empty(), "198.51.100.4")));
            }
            for (Future<Outcome> knock : threads.invokeAll(knocks)) {
                assertThat(knock.get()).isNotInstanceOf(Outcome.Enrolled.class);
            }
            assertThat(number(scene, EVENTS)).isEqualTo(1);

            offset.set(Duration.ofMinutes(4));
            knock(scene, one, "copy-1", "198.51.100.4");
            assertThat(number(scene, EVENTS)).isEqualTo(1);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    private static Outcome knock(Scene scene, Store store, String name, String source) {
        return scene.pipeline(store).enroll(request(name, "key-1", Optional.empty(), source));
    }

    private static List<String> codes(Store store, String name) {
        return store.attempts().of(ACME, id(name), 8).stream()
                .map(Attempt::code)
                .toList();
    }
}
