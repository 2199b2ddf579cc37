package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.flow.RelayObserver.Circuit;
import io.muster.core.ledger.Audit.Place;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Outbox;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.SinkUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final Name NAME = new Name("test");

    private final Line outbox = new Line(3);
    private final List<Event> told = new CopyOnWriteArrayList<>();
    private final Count count = new Count();

    @Test
    void a_sink_is_told_everything_once_and_in_order_and_then_its_place_moves() throws Exception {
        run(events -> {
            assertThat(outbox.place).isLessThanOrEqualTo(told.size());
            told.addAll(events);
            return List.of();
        });
        assertThat(told).isEqualTo(outbox.events);
        assertThat(outbox.dead).isEmpty();
        assertThat(count.delivered).hasValue(3);
        assertThat(outbox.given).as("given back at the end").isTrue();
    }

    @Test
    void what_a_sink_refuses_is_a_dead_letter_and_holds_nobody_up() throws Exception {
        run(events -> {
            told.addAll(events);
            return events.stream()
                    .filter(event -> event.version() == 2)
                    .map(event -> new Sink.Poison(event, "too large"))
                    .toList();
        });
        assertThat(outbox.dead).containsExactly(new Outbox.DeadLetter(new Place(1, 2), "too large"));
        assertThat(count.delivered).hasValue(2);
    }

    @Test
    void a_sink_that_is_down_is_asked_again_and_misses_nothing() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        run(events -> {
            if (tries.incrementAndGet() < 3) {
                throw new SinkUnavailable("down", new IllegalStateException());
            }
            told.addAll(events);
            return List.of();
        });
        assertThat(told).isEqualTo(outbox.events);
        assertThat(count.failed).hasValue(2);
        assertThat(outbox.turns).as("another node may try meanwhile").hasValue(3);
    }

    @Test
    void one_that_fails_several_times_in_a_row_is_tried_with_few_events_until_it_takes_them() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        run(events -> {
            if (tries.incrementAndGet() <= Patience.FAILURES) {
                throw new SinkUnavailable("down", Duration.ZERO);
            }
            return List.of();
        });
        assertThat(outbox.asked).startsWith(500, 500, 500, 500, Relay.TRIAL);
        assertThat(count.states).startsWith(Circuit.OPEN, Circuit.HALF_OPEN, Circuit.CLOSED);
    }

    @Test
    void one_that_asks_to_be_left_alone_is_left_alone() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        long began = System.nanoTime();
        run(events -> {
            if (tries.incrementAndGet() == 1) {
                throw new SinkUnavailable("too many requests", Duration.ofSeconds(1));
            }
            return List.of();
        });
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(tries).hasValue(2);
    }

    @Test
    void a_turn_is_kept_while_a_slow_sink_takes_its_time() throws Exception {
        try (TurnKeeper _ = TurnKeeper.keep(outbox, new Outbox.Turn(NAME, 1), Duration.ofMillis(1))) {
            await().atMost(Duration.ofSeconds(10)).until(() -> outbox.held.get() > 2);
        }
    }

    @Test
    void a_sink_with_a_defect_and_a_ledger_that_is_away_stop_nothing() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        outbox.away.set(1);
        run(events -> {
            if (tries.incrementAndGet() < 2) {
                throw new IllegalStateException("a defect");
            }
            told.addAll(events);
            return List.of();
        });
        assertThat(told).isEqualTo(outbox.events);
    }

    @Test
    void a_turn_that_was_over_is_taken_anew_and_the_same_is_told_again() throws Exception {
        outbox.lost.set(1);
        run(events -> {
            told.addAll(events);
            return List.of();
        });
        assertThat(told).hasSize(6).startsWith(outbox.events.toArray(Event[]::new));
        assertThat(told.subList(3, 6)).isEqualTo(outbox.events);
    }

    @Test
    void waits_grow_up_to_half_a_minute_and_differ() {
        Patience patience = new Patience(new Random(1));
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            waits.add(patience.next());
        }
        assertThat(waits.getFirst()).isLessThanOrEqualTo(Duration.ofMillis(250));
        assertThat(waits).allMatch(wait -> wait.compareTo(Patience.LONGEST) <= 0);
        assertThat(waits.subList(8, 12)).doesNotHaveDuplicates().allMatch(wait -> wait.toSeconds() >= 15);
        patience.restore();
        assertThat(patience.next()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    private void run(Sink sink) throws InterruptedException {
        Relay relay = new Relay(outbox, NAME, sink, count, new Random(1));
        Thread thread = Thread.ofVirtual().start(relay::run);
        try {
            await().atMost(Duration.ofSeconds(10)).until(() -> outbox.place == outbox.events.size());
        } finally {
            relay.end();
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        }
    }

    private static final class Count implements RelayObserver {

        private final AtomicInteger delivered = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final List<Circuit> states = new CopyOnWriteArrayList<>();

        @Override
        public void delivered(Name sink, int events) {
            delivered.addAndGet(events);
        }

        @Override
        public void failed(Name sink) {
            failed.incrementAndGet();
        }

        @Override
        public void turned(Name sink, Circuit state) {
            states.add(state);
        }
    }

    /// One lane of so many events of one device.
    private static final class Line implements Outbox {

        private final List<Event> events = new ArrayList<>();
        private final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
        private volatile int place;
        private final AtomicInteger turns = new AtomicInteger();
        private volatile boolean given;
        private final AtomicInteger away = new AtomicInteger();
        private final AtomicInteger lost = new AtomicInteger();
        private final AtomicInteger held = new AtomicInteger();
        private final List<Integer> asked = new CopyOnWriteArrayList<>();

        Line(int count) {
            DeviceId device = DeviceId.random();
            for (int i = 1; i <= count; i++) {
                events.add(new Event.Erased(device, i, new Name("acme"), Instant.EPOCH));
            }
        }

        @Override
        public void introduce(Name sink, String kind) {}

        @Override
        public Optional<Turn> take(Name sink) {
            return Optional.of(new Turn(sink, turns.incrementAndGet()));
        }

        @Override
        public Optional<Window> read(Turn turn, int most) {
            asked.add(most);
            if (away.getAndDecrement() > 0) {
                throw new LedgerUnavailable("away", new IllegalStateException());
            }
            if (turn.number() != turns.get()) {
                return Optional.empty();
            }
            List<Told> rest = new ArrayList<>();
            for (int i = place; i < events.size(); i++) {
                rest.add(new Told(new Place(1, i + 1), events.get(i)));
            }
            List<Stretch> stretches = rest.isEmpty() ? List.of() : List.of(new Stretch(1, place, events.size()));
            return Optional.of(new Window(rest, List.of(), stretches));
        }

        @Override
        public boolean passed(Turn turn, Window window, List<DeadLetter> letters) {
            if (lost.getAndDecrement() > 0) {
                return false;
            }
            dead.addAll(letters);
            place = (int) window.stretches().getFirst().upTo();
            return true;
        }

        @Override
        public boolean hold(Turn turn) {
            held.incrementAndGet();
            return true;
        }

        @Override
        public void giveBack(Turn turn) {
            given = true;
        }

        @Override
        public long beat() {
            return 0;
        }

        @Override
        public void await(long beat, Duration most) {
            Thread.onSpinWait();
        }

        @Override
        public void wake() {}
    }
}
