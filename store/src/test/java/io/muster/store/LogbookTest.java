package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.HUB;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.Region;
import io.muster.core.device.Name;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Logbook.Filter;
import io.muster.core.ledger.Logbook.Stage;
import io.muster.core.ledger.Operation;
import io.muster.core.roster.Registered;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogbookTest {

    private static final Filter ALL =
            new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path directory;

    @Test
    void attempts_of_a_tenant_come_in_pages_and_by_filters() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            for (int i = 1; i <= 7; i++) {
                scene.enroll(store, "pump-" + i, "key-" + i);
            }
            assertThat(scene.enroll(store, "pump-1", "key-9")).isInstanceOf(Outcome.Refused.class);

            assertThat(attempts(store, ALL)).hasSize(8).doesNotHaveDuplicates();
            assertThat(attempts(store, filter(Optional.of("initial"), Optional.empty())))
                    .hasSize(7);
            assertThat(attempts(store, filter(Optional.empty(), Optional.of(Attempt.Result.REFUSED))))
                    .singleElement()
                    .satisfies(it -> assertThat(it.code()).isEqualTo("identity_key_changed"));
            assertThat(attempts(store, by(Optional.of(PUMPS), Optional.of("test"), Instant.EPOCH)))
                    .hasSize(8);
            assertThat(attempts(store, by(Optional.of(PUMPS), Optional.of("est"), Instant.EPOCH)))
                    .isEmpty();
            assertThat(attempts(store, by(Optional.of(new Name("fans")), Optional.empty(), Instant.EPOCH)))
                    .isEmpty();
            assertThat(attempts(
                            store,
                            by(Optional.empty(), Optional.empty(), Instant.now().plusSeconds(60))))
                    .isEmpty();
            assertThatThrownBy(() -> store.logbook().attempts(ACME, ALL, Optional.of("no cursor"), 10))
                    .isInstanceOf(CursorMalformed.class);
        }
    }

    @Test
    void operations_are_listed_by_state_and_found_by_their_number() {
        AtomicReference<Duration> offset = new AtomicReference<>(Duration.ofMinutes(6));
        try (Scene scene = new Scene(
                TestServer.EXTERNAL.fresh(), directory, () -> Instant.now().plus(offset.get()))) {
            Store store = scene.furnished();
            Outcome.Deferred deferred = (Outcome.Deferred) scene.enroll(store, "pump-1", "key-1");
            scene.enroll(store, "pump-2", "key-2");
            Operation operation =
                    store.logbook().operation(ACME, deferred.operation()).orElseThrow();
            assertThat(operation.registrationId()).isEqualTo(Scene.id("pump-1"));
            assertThat(store.logbook().operation(new Name("other"), deferred.operation()))
                    .isEmpty();

            store.operations().fail(operation, Problem.of(new Refusal.NotEnrolled()));
            assertThat(store.logbook()
                            .operations(ACME, Optional.of(Stage.WAITING), Optional.empty(), 10)
                            .items())
                    .hasSize(1);
            assertThat(store.logbook()
                            .operations(ACME, Optional.of(Stage.FAILED), Optional.empty(), 10)
                            .items())
                    .extracting(Operation::id)
                    .containsExactly(deferred.operation());
            Logbook.Page<Operation> page = store.logbook().operations(ACME, Optional.empty(), Optional.empty(), 1);
            assertThat(store.logbook()
                            .operations(ACME, Optional.empty(), page.next(), 1)
                            .items())
                    .hasSize(1)
                    .doesNotContainAnyElementsOf(page.items());
        }
    }

    @Test
    void a_hub_that_is_taken_out_takes_no_device_on_any_node_and_regions_are_there_by_themselves() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Store other = scene.node();
            Hub hub = Scene.hub(HUB);
            Hub out = new Hub(hub.tenant(), hub.name(), hub.region(), hub.endpoint(), 5, false);
            assertThat(store.registrar().change(hub, out, OPERATOR)).isEqualTo(new Registered.Done<>(out));
            assertThat(store.registrar().change(hub, hub, OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(store.registrar().hubs(ACME)).containsExactly(out);
            assertThat(scene.enroll(other, "pump-1", "key-1"))
                    .isInstanceOfSatisfying(Outcome.Refused.class, it -> assertThat(it.refusal())
                            .isInstanceOf(Refusal.NoHub.class));
            Hub nobody = Scene.hub(new Name("nobody"));
            assertThat(store.registrar().change(nobody, nobody, OPERATOR)).isInstanceOf(Registered.Missing.class);

            Region us = new Region(ACME, new Name("us"));
            assertThat(store.registrar().create(us, OPERATOR)).isEqualTo(new Registered.Done<>(us));
            assertThat(store.registrar().create(us, OPERATOR)).isInstanceOf(Registered.Exists.class);
            assertThat(store.registrar().regions(ACME))
                    .extracting(Region::name)
                    .containsExactly(new Name("eu"), new Name("us"));
        }
    }

    private static List<Attempt> attempts(Store store, Filter filter) {
        List<Attempt> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Logbook.Page<Attempt> page = store.logbook().attempts(ACME, filter, cursor, 3);
            found.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return found;
    }

    private static Filter filter(Optional<String> code, Optional<Attempt.Result> result) {
        return new Filter(code, result, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Filter by(Optional<Name> enrollment, Optional<String> door, Instant since) {
        return new Filter(Optional.empty(), Optional.empty(), enrollment, door, Optional.of(since));
    }
}
