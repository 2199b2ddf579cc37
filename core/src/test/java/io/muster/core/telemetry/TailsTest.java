package io.muster.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Name;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TailsTest {

    private static final Name ACME = new Name("acme");

    private final AtomicLong now = new AtomicLong(1);
    private final Tails tails = new Tails(now::get);

    private Tail open() {
        return tails.open("ann", ACME, sender -> true).orElseThrow();
    }

    private void tell(String tenant, String text) {
        tails.tell(Said.written(Said.by(tenant, text), Optional.empty()));
    }

    private static List<String> texts(Tail.Seen seen) {
        return seen.messages().stream().map(Said::text).toList();
    }

    @Test
    void a_watcher_sees_what_comes_from_then_on_in_its_tenant() throws Exception {
        tell("acme", "before");
        Tail tail = open();
        tell("acme", "one");
        tell("other", "not this");
        tell("acme", "two");
        Tail.Seen seen = tail.await(10, Duration.ZERO);
        assertThat(texts(seen)).containsExactly("one", "two");
        assertThat(seen.dropped()).isZero();
        assertThat(texts(tail.await(10, Duration.ZERO))).isEmpty();
    }

    @Test
    void it_sees_the_senders_that_it_wants() throws Exception {
        Tail tail = tails.open("ann", ACME, sender -> false).orElseThrow();
        tell("acme", "one");
        assertThat(texts(tail.await(10, Duration.ZERO))).isEmpty();
    }

    @Test
    void it_waits_for_the_next_message() throws Exception {
        Tail tail = open();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var seen = threads.submit(() -> texts(tail.await(10, Duration.ofSeconds(20))));
            tell("acme", "one");
            assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly("one");
        }
    }

    @Test
    void a_slow_watcher_misses_the_oldest_and_is_told_how_many() throws Exception {
        Tail tail = open();
        for (int i = 0; i < Tail.MOST + 7; i++) {
            tell("acme", Integer.toString(i));
        }
        Tail.Seen seen = tail.await(Tail.MOST * 2, Duration.ZERO);
        assertThat(seen.dropped()).isEqualTo(7);
        assertThat(texts(seen)).hasSize(Tail.MOST).startsWith("7");
        assertThat(tail.await(1, Duration.ZERO).dropped()).isZero();
    }

    @Test
    void large_messages_are_bounded_by_their_bytes() throws Exception {
        Tail tail = open();
        String large = "x".repeat(Tail.MOST_BYTES / 4);
        for (int i = 0; i < 6; i++) {
            tell("acme", large);
        }
        Tail.Seen seen = tail.await(10, Duration.ZERO);
        assertThat(seen.messages()).hasSize(4);
        assertThat(seen.dropped()).isEqualTo(2);
    }

    @Test
    void nobody_asks_another_ones_watcher() {
        UUID id = open().id();
        assertThat(tails.find(id, "ann", ACME)).isPresent();
        assertThat(tails.find(id, "bob", ACME)).isEmpty();
        assertThat(tails.find(id, "ann", new Name("other"))).isEmpty();
        assertThat(tails.find(UUID.randomUUID(), "ann", ACME)).isEmpty();
    }

    @Test
    void there_are_so_many_at_most_and_one_that_asks_no_more_makes_room() throws Exception {
        Tail asking = open();
        for (int i = 1; i < Tails.MOST; i++) {
            open();
        }
        assertThat(tails.open("ann", ACME, sender -> true)).isEmpty();

        now.addAndGet(Duration.ofSeconds(50).toNanos());
        assertThat(asking.await(1, Duration.ZERO).messages()).isEmpty();
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        tell("acme", "one");
        assertThat(tails.open("ann", ACME, sender -> true)).isPresent();
        assertThat(texts(asking.await(1, Duration.ZERO))).containsExactly("one");
    }
}
