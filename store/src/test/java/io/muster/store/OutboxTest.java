package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Custody.Reason;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Event.Changed;
import io.muster.core.ledger.Outbox.Turn;
import io.muster.core.ledger.Sinks.Standing;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxTest {

    private static final Reason WHY = new Reason("a test");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void every_act_on_a_device_is_an_event_with_the_device_as_it_is_from_then_on(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            try (Remembering sink = Remembering.of(store)) {
                Device born = device(scene.pipeline(store).enroll(Requests.byKey("Pump-1", "key-1", "certified-1")));
                Serial serial = born.credentials().getFirst().serial();
                device(scene.pipeline(store)
                        .enroll(Scene.request("pump-1", "key-1", Optional.of("{\"firmware\":\"1.2\"}"))));
                store.custody().quarantine(ACME, "pump-1", WHY, OPERATOR);
                store.custody().release(ACME, "pump-1", WHY, OPERATOR);
                store.certificates().revoke(ACME, serial, Certificates.Reason.KEY_COMPROMISE, OPERATOR);
                store.custody().decommission(ACME, "pump-1", WHY, OPERATOR);

                List<Event> told = told(sink, 6);
                assertThat(told)
                        .extracting(Event::type)
                        .containsExactly(
                                Event.Type.ENROLLED,
                                Event.Type.UPDATED,
                                Event.Type.QUARANTINED,
                                Event.Type.RELEASED,
                                Event.Type.CERTIFICATE_REVOKED,
                                Event.Type.DECOMMISSIONED);
                assertThat(told)
                        .extracting(Event::id)
                        .containsExactlyElementsOf(Stream.of(1, 2, 3, 4, 5, 6)
                                .map(version -> born.id() + "/" + version)
                                .toList());
                assertThat(told)
                        .extracting(event -> ((Changed) event).portrait().state())
                        .containsExactly(
                                DeviceState.ENABLED,
                                DeviceState.ENABLED,
                                DeviceState.QUARANTINED,
                                DeviceState.ENABLED,
                                DeviceState.ENABLED,
                                DeviceState.DECOMMISSIONED);
                Changed first = (Changed) told.getFirst();
                assertThat(first.issued()).extracting(Event.Issued::serial).containsExactly(serial);
                assertThat(first.portrait().registrationId().display()).isEqualTo("Pump-1");
                assertThat(first.portrait().assignment()).isEqualTo(born.assignment());
                assertThat(first.portrait().type()).isEqualTo(born.type());
                assertThat(first.portrait().facts()).isEmpty();
                assertThat(((Changed) told.get(1)).portrait().facts())
                        .hasValueSatisfying(facts -> assertThat(facts.text()).isEqualTo("{\"firmware\":\"1.2\"}"));
                assertThat(((Changed) told.get(4)).ended())
                        .containsExactly(new Event.Ended(serial, Event.Ended.State.REVOKED));
            }
        }
    }

    @Test
    void versions_of_a_device_stay_in_order_when_two_nodes_write_them() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            int devices = Boolean.getBoolean("muster.test.full") ? 500 : 20;
            int rounds = 10;
            List<Future<String>> written = new ArrayList<>();
            try (Remembering sink = Remembering.of(other)) {
                try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int i = 0; i < devices; i++) {
                        String name = "pump-" + i;
                        written.add(threads.submit(() -> {
                            for (int round = 0; round < rounds; round++) {
                                Store node = round % 2 == 0 ? one : other;
                                device(scene.pipeline(node)
                                        .enroll(Scene.request(
                                                name, "key-of-" + name, Optional.of("{\"round\":" + round + "}"))));
                            }
                            return name;
                        }));
                    }
                }
                written.forEach(Future::resultNow);
                List<Event> told = told(sink, devices * rounds);
                assertThat(told).doesNotHaveDuplicates();
                assertThat(sink.disorder()).isEmpty();
                assertThat(one.sinks().list()).singleElement().satisfies(standing -> {
                    assertThat(standing.behind()).isZero();
                    assertThat(standing.oldest()).isZero();
                });
            }
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void whoever_waits_for_entries_is_woken_by_what_this_node_writes() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            long beat = store.outbox().beat();
            long began = System.nanoTime();
            device(scene.enroll(store, "pump-1", "key-1"));
            store.outbox().await(beat, Duration.ofMinutes(1));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void of_a_device_that_was_erased_nothing_is_told_but_that() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Device gone = device(scene.enroll(store, "pump-1", "key-1"));
            Device stays = device(scene.enroll(store, "pump-2", "key-2"));
            FaultTest.run(
                    scene,
                    "DELETE FROM muster.device_key WHERE device_id = '\\x"
                            + gone.id().toString().replace("-", "") + "'");
            try (Remembering sink = Remembering.of(store)) {
                assertThat(told(sink, 2))
                        .satisfiesExactlyInAnyOrder(
                                event -> assertThat(event).isInstanceOfSatisfying(Event.Erased.class, erased -> {
                                    assertThat(erased.device()).isEqualTo(gone.id());
                                    assertThat(erased.tenant()).isEqualTo(ACME);
                                }),
                                event -> assertThat(event.device()).isEqualTo(stays.id()));
            }
        }
    }

    @Test
    void what_a_sink_cannot_take_is_a_dead_letter_until_it_is_told_again() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            Device blue = device(scene.enroll(store, "pump-1", "key-1"));
            try (Remembering sink =
                    Remembering.of(store, event -> event.device().equals(blue.id()))) {
                device(scene.enroll(store, "pump-2", "key-2"));
                assertThat(told(sink, 1).getFirst().device()).isNotEqualTo(blue.id());
            }
            assertThat(store.sinks()
                            .deadLetters(Remembering.NAME, Optional.empty(), 10)
                            .items())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).isEqualTo("it is too blue"));

            Standing standing = store.sinks()
                    .replay(Remembering.NAME, Optional.empty(), OPERATOR)
                    .orElseThrow();
            assertThat(standing.behind()).isGreaterThanOrEqualTo(2);
            try (Remembering mended = Remembering.of(store)) {
                assertThat(told(mended, 2)).extracting(Event::device).contains(blue.id());
                await().atMost(Duration.ofSeconds(10)).until(() -> store.sinks()
                        .find(Remembering.NAME)
                        .filter(it -> it.deadLetters() == 0)
                        .isPresent());
            }
        }
    }

    @Test
    void a_paused_sink_is_told_nothing_until_it_is_resumed_and_each_act_on_it_is_audited() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            try (Remembering sink = Remembering.of(store)) {
                device(scene.enroll(store, "pump-1", "key-1"));
                told(sink, 1);
                assertThat(store.sinks().pause(Remembering.NAME, OPERATOR))
                        .hasValueSatisfying(it -> assertThat(it.paused()).isTrue());
                device(scene.enroll(store, "pump-2", "key-2"));
                assertThat(store.outbox().take(Remembering.NAME)).isEmpty();
                assertThat(store.sinks().find(Remembering.NAME).orElseThrow().behind())
                        .isPositive();
                assertThat(sink.told()).hasSize(1);

                store.sinks().resume(Remembering.NAME, OPERATOR);
                told(sink, 2);
                store.sinks().replay(Remembering.NAME, Optional.of(Instant.now()), OPERATOR);
                told(sink, 4);
            }
            assertThat(store.audit()
                            .list(Optional.empty(), everything(), Optional.empty(), 100, OPERATOR)
                            .items())
                    .extracting(Audit.Entry::kind)
                    .contains(Audit.Kind.SINK_PAUSED, Audit.Kind.SINK_RESUMED, Audit.Kind.SINK_REPLAYED);
        }
    }

    @Test
    void one_node_at_a_time_has_a_sinks_turn_and_what_an_earlier_turn_writes_counts_no_more() throws Exception {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            device(scene.enroll(one, "pump-1", "key-1"));
            one.outbox().introduce(Remembering.NAME, "memory");
            Turn first = one.outbox().take(Remembering.NAME).orElseThrow();
            assertThat(other.outbox().take(Remembering.NAME)).isEmpty();
            var window = one.outbox().read(first, 500).orElseThrow();
            assertThat(window.told()).hasSize(1);

            one.sinks().replay(Remembering.NAME, Optional.empty(), OPERATOR);
            assertThat(one.outbox().passed(first, window, List.of())).isFalse();
            assertThat(one.outbox().read(first, 500)).isEmpty();
            Turn second = other.outbox().take(Remembering.NAME).orElseThrow();
            var again = other.outbox().read(second, 500).orElseThrow();
            assertThat(again.told().getFirst()).isEqualTo(window.told().getFirst());
            assertThat(other.outbox().passed(second, again, List.of())).isTrue();
            other.outbox().giveBack(second);
            assertThat(one.outbox().take(Remembering.NAME)).isPresent();
        }
    }

    private static Audit.Filter everything() {
        return new Audit.Filter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static List<Event> told(Remembering sink, int events) {
        await().atMost(Duration.ofSeconds(20)).until(() -> sink.told().size() >= events);
        assertThat(sink.told()).hasSize(events);
        return sink.told();
    }
}
