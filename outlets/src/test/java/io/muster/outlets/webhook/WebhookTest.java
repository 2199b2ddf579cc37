package io.muster.outlets.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.muster.core.device.DeviceId;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink.Poison;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.Samples;
import io.muster.outlets.http.HttpClient;
import io.muster.outlets.http.Peer;
import io.muster.outlets.webhook.Receiver.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a receiver that checks signatures by the library that Standard Webhooks publish.
class WebhookTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String NEXT = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD3ZLqEYs0dOQ=";

    @TempDir
    Path folder;

    private Path secrets = Path.of("");

    @BeforeEach
    void has_a_secret() throws IOException {
        secrets = folder.resolve("secrets");
        write(SECRET);
    }

    @Test
    void every_event_comes_signed_in_order_of_each_device_and_several_devices_at_once() throws Exception {
        List<Event> events = Samples.mixed(20, 5);
        try (Receiver receiver = Receiver.with(SECRET, WebhookTest::taken);
                Webhook sink = sink(receiver, 4)) {
            assertThat(sink.deliver(events)).isEmpty();
            assertThat(receiver.taken()).extracting(Received::id).containsExactlyInAnyOrderElementsOf(ids(events));
            assertThat(receiver.versions().values()).hasSize(20).allMatch(List.of(1L, 2L, 3L, 4L, 5L)::equals);
            assertThat(receiver.busiest()).isBetween(2, 4);
        }
    }

    @Test
    void while_secrets_change_a_receiver_with_either_is_served() throws Exception {
        List<Event> events = Samples.mixed(1, 1);
        try (Receiver old = Receiver.with(SECRET, WebhookTest::taken);
                Receiver renewed = Receiver.with(NEXT, WebhookTest::taken);
                Webhook toOld = sink(old, 1);
                Webhook toRenewed = sink(renewed, 1)) {
            assertThatThrownBy(() -> toRenewed.deliver(events))
                    .isInstanceOf(SinkUnavailable.class)
                    .hasMessageContaining("401")
                    .hasMessageContaining("Check the secret");
            write(NEXT + "\n" + SECRET);
            assertThat(toOld.deliver(events)).isEmpty();
            assertThat(toRenewed.deliver(events)).isEmpty();
        }
    }

    @Test
    void a_receiver_that_goes_away_and_comes_back_misses_nothing() throws Exception {
        List<Event> events = Samples.mixed(10, 6);
        AtomicInteger count = new AtomicInteger();
        try (Receiver receiver = Receiver.with(SECRET, event -> count.incrementAndGet() % 9 == 0 ? 503 : 204);
                Webhook sink = sink(receiver, 4)) {
            receiver.server().stop();
            assertThatThrownBy(() -> sink.deliver(events))
                    .isInstanceOf(SinkUnavailable.class)
                    .hasMessageContaining("cannot be reached");
            receiver.server().startAgain();
            isTaken(sink, events);
            assertThat(receiver.versions().values()).hasSize(10).allMatch(List.of(1L, 2L, 3L, 4L, 5L, 6L)::equals);
        }
    }

    @Test
    void one_that_takes_few_at_a_time_is_not_told_the_first_for_ever_and_its_wish_is_heard() throws Exception {
        List<Event> events = Samples.mixed(1, 12);
        AtomicInteger budget = new AtomicInteger(4);
        try (Receiver receiver = Receiver.with(SECRET, event -> budget.getAndDecrement() > 0 ? 200 : 429);
                Webhook sink = sink(receiver, 1)) {
            for (int minute = 1; minute <= 2; minute++) {
                SinkUnavailable later = catchThrowableOfType(SinkUnavailable.class, () -> sink.deliver(events));
                assertThat(later.after()).isEqualTo(Duration.ofSeconds(1));
                assertThat(receiver.taken()).hasSize(4 * minute);
                budget.set(4);
            }
            assertThat(sink.deliver(events)).isEmpty();
            assertThat(receiver.taken()).extracting(Received::id).containsExactlyElementsOf(ids(events));
            budget.set(100);
            assertThat(sink.deliver(events))
                    .as("a replay tells all of it again")
                    .isEmpty();
            assertThat(receiver.taken()).hasSize(24);
        }
    }

    @Test
    void what_lies_at_the_event_is_a_dead_letter_and_those_after_it_go_on() throws Exception {
        List<Event> events = Samples.mixed(3, 3);
        for (int status : new int[] {400, 409, 413, 422}) {
            String bad = events.get(4).id();
            try (Receiver receiver = Receiver.with(SECRET, event -> event.id().equals(bad) ? status : 202);
                    Webhook sink = sink(receiver, 2)) {
                List<Poison> refused = sink.deliver(events);
                assertThat(refused).extracting(Poison::event).containsExactly(events.get(4));
                assertThat(refused.getFirst().reason()).contains(Integer.toString(status));
                assertThat(Set.copyOf(receiver.taken())).hasSize(8);
            }
        }
    }

    @Test
    void what_lies_at_the_receiver_makes_no_dead_letter() throws Exception {
        List<Event> events = Samples.mixed(5, 2);
        for (int status : new int[] {301, 307, 400, 401, 403, 404, 405, 408, 409, 410, 425, 429, 500, 503}) {
            try (Receiver receiver = Receiver.with(SECRET, event -> status);
                    Webhook sink = sink(receiver, 3)) {
                assertThatThrownBy(() -> sink.deliver(events))
                        .isInstanceOf(SinkUnavailable.class)
                        .hasMessageContaining(Integer.toString(status));
                assertThat(receiver.asked())
                        .as("all are asked only where %s may lie at the event", status)
                        .isEqualTo(status == 400 || status == 409 ? 5 : 1);
            }
        }
    }

    /// The receiver took events, and then its secret was changed: nothing after that is a dead letter.
    @Test
    void one_that_refuses_from_some_moment_on_even_what_it_took_before_makes_no_dead_letter() throws Exception {
        AtomicInteger count = new AtomicInteger();
        try (Receiver receiver = Receiver.with(SECRET, event -> count.incrementAndGet() > 3 ? 400 : 200);
                Webhook sink = sink(receiver, 1)) {
            assertThatThrownBy(() -> sink.deliver(Samples.mixed(1, 8))).isInstanceOf(SinkUnavailable.class);
            assertThat(receiver.taken()).hasSize(3);
        }
    }

    @Test
    void an_event_that_was_taken_and_not_answered_comes_again_with_the_same_id() throws Exception {
        List<Event> events = Samples.mixed(2, 2);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Receiver receiver = Receiver.with(SECRET, event -> {
                    if (seen.add(event.id())) {
                        throw new IllegalStateException("the answer is lost");
                    }
                    return 200;
                });
                Webhook sink = sink(receiver, 2)) {
            isTaken(sink, events);
            assertThat(receiver.versions().values()).hasSize(2).allMatch(List.of(1L, 2L)::equals);
        }
    }

    @Test
    void secrets_that_others_can_read_or_that_are_none_are_refused_and_never_said() throws Exception {
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> SigningSecrets.read(secrets)).hasMessageContaining("chmod 600");
        for (String text : List.of("", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!")) {
            write(text);
            assertThatThrownBy(() -> SigningSecrets.read(secrets))
                    .isInstanceOf(IOException.class)
                    .extracting(Throwable::getMessage)
                    .matches(said -> text.isEmpty() || !said.contains(text));
        }
        write(SECRET);
        assertThat(SigningSecrets.read(secrets)).hasToString("SigningSecrets[1]");
    }

    @Test
    void of_an_erased_device_the_receiver_is_told_so() throws Exception {
        try (Receiver receiver = Receiver.with(SECRET, WebhookTest::taken);
                Webhook sink = sink(receiver, 1)) {
            DeviceId device = DeviceId.random();
            assertThat(sink.deliver(List.of(Samples.erased(device, 3)))).isEmpty();
            assertThat(receiver.taken()).containsExactly(new Received(device + "/3", device.toString(), 3));
        }
    }

    private static int taken(Received event) {
        return 204;
    }

    private static void isTaken(Webhook sink, List<Event> events) {
        await().atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .ignoreExceptionsInstanceOf(SinkUnavailable.class)
                .until(() -> sink.deliver(events).isEmpty());
    }

    private Webhook sink(Receiver receiver, int parallel) throws IOException {
        Peer peer = new Peer(Optional.of(receiver.server().anchor(folder)), true, Duration.ofSeconds(5), parallel);
        return Webhook.of(receiver.server().url("/hooks"), secrets, HttpClient.of(peer), parallel, Clock.systemUTC());
    }

    private void write(String text) throws IOException {
        Files.writeString(secrets, text);
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).toList();
    }
}
