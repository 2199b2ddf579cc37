package io.muster.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.DeviceState;
import io.muster.core.device.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouterTest {

    /// Keeps what it is given, unless it is away or finds a message too large.
    private static final class MemorySink implements TelemetrySink {
        private final String name;
        private final List<String> kept = new ArrayList<>();
        private boolean away;
        private String never = "";

        private MemorySink(String name) {
            this.name = name;
        }

        @Override
        public Name name() {
            return new Name(name);
        }

        @Override
        public Delivery begin(Outgoing message) {
            return () -> {
                if (away) {
                    throw new TelemetryUnavailable("away");
                }
                if (!never.isEmpty()) {
                    return Optional.of(never);
                }
                kept.add(Said.text(message));
                return Optional.empty();
            };
        }
    }

    private static final class Counts implements TelemetryObserver {
        private final List<String> told = new ArrayList<>();

        @Override
        public void accepted(long nanos) {
            told.add("accepted");
        }

        @Override
        public void refused() {
            told.add("refused");
        }

        @Override
        public void routed(Name route) {
            told.add("by " + route);
        }

        @Override
        public void delivered(Name sink, int bytes) {
            told.add(sink + " " + bytes);
        }
    }

    private final MemorySink standard = new MemorySink("standard");
    private final MemorySink quarantine = new MemorySink("quarantine");
    private final MemorySink first = new MemorySink("first");
    private final MemorySink second = new MemorySink("second");
    private final Counts counts = new Counts();

    /// A route takes what has its letter; nobody can tell of a question mark.
    private Router router(Route... routes) {
        return new Router(List.of(routes), standard, quarantine, Said::written, counts, new Tails());
    }

    private static Route route(String letter, TelemetrySink... to) {
        return new Route(
                new Name("has-" + letter),
                message -> {
                    String text = Said.text(message);
                    if (text.contains("?")) {
                        return new Judgment.CannotTell("a question");
                    }
                    return text.contains(letter) ? new Judgment.Holds() : new Judgment.DoesNotHold();
                },
                List.of(to));
    }

    @Test
    void a_message_goes_by_every_route_that_wants_it_and_to_each_sink_once() {
        Router router = router(route("a", first, second), route("b", second), route("c", standard));
        router.accept(Said.by("acme", "ab"));
        router.accept(Said.by("acme", "b"));

        assertThat(first.kept).containsExactly("ab");
        assertThat(second.kept).containsExactly("ab", "b");
        assertThat(standard.kept).isEmpty();
        assertThat(counts.told)
                .containsExactly(
                        "first 2", "second 2", "by has-a", "by has-b", "accepted", "second 1", "by has-b", "accepted");
    }

    @Test
    void what_no_route_wants_goes_by_the_standard_route() {
        router(route("a", first)).accept(Said.by("acme", "x"));
        router().accept(Said.by("acme", "y"));
        assertThat(standard.kept).containsExactly("x", "y");
        assertThat(counts.told).contains("by standard");
    }

    @Test
    void what_a_route_cannot_judge_is_put_aside_with_the_reason_and_goes_nowhere_else() {
        router(route("a", first), route("b", second)).accept(Said.by("acme", "ab?"));
        String aside = "ab?!route has-a cannot tell: a question";
        assertThat(quarantine.kept).containsExactly(aside);
        assertThat(first.kept).isEmpty();
        assertThat(second.kept).isEmpty();
        assertThat(counts.told).containsExactly("quarantine " + aside.length(), "by quarantine", "accepted");
    }

    @Test
    void what_a_device_says_that_is_not_enabled_is_put_aside_whatever_the_routes_want() {
        router(route("a", first)).accept(Said.by("acme", DeviceState.QUARANTINED, "a"));
        assertThat(quarantine.kept).singleElement().asString().startsWith("a!the device was not enabled");
        assertThat(first.kept).isEmpty();
        assertThat(standard.kept).isEmpty();
    }

    @Test
    void it_is_not_accepted_before_every_sink_has_it() {
        second.away = true;
        Router router = router(route("a", first, second));
        assertThatThrownBy(() -> router.accept(Said.by("acme", "a"))).isInstanceOf(TelemetryUnavailable.class);
        assertThat(counts.told).endsWith("refused").doesNotContain("accepted");

        second.away = false;
        router.accept(Said.by("acme", "a"));
        assertThat(first.kept).containsExactly("a", "a");
        assertThat(second.kept).containsExactly("a");
    }

    @Test
    void what_a_sink_can_never_take_is_put_aside_and_does_not_hold_its_device_up() {
        first.never = "it is too large";
        router(route("a", first)).accept(Said.by("acme", "a"));
        assertThat(quarantine.kept).containsExactly("a!sink first: it is too large");
        assertThat(counts.told).endsWith("accepted");
    }

    @Test
    void without_a_quarantine_nothing_that_belongs_there_is_accepted() {
        quarantine.never = "it is too large";
        assertThatThrownBy(() -> router().accept(Said.by("acme", DeviceState.QUARANTINED, "a")))
                .isInstanceOf(TelemetryUnavailable.class);
    }
}
