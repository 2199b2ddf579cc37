package io.muster.outlets.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.DeviceId;
import io.muster.core.device.Json;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink.Poison;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.Samples;
import io.muster.outlets.mqtt.Mosquitto.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real Mosquitto, read by its own mosquitto_sub.
class EventPublisherTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final TopicTemplate EVENTS = topic("muster/{tenant}/events/{subject}/{type}");
    private static final TopicTemplate DEVICES = topic("muster/{tenant}/devices/{subject}");

    @TempDir
    Path folder;

    @Test
    void every_event_is_published_and_each_device_is_kept_as_it_is_until_it_is_gone() throws Exception {
        DeviceId one = DeviceId.random();
        DeviceId gone = DeviceId.random();
        DeviceId erased = DeviceId.random();
        List<Event> events = List.of(
                Samples.changed(one, 1, Event.Type.ENROLLED),
                Samples.changed(gone, 1, Event.Type.ENROLLED),
                Samples.changed(erased, 1, Event.Type.ENROLLED),
                Samples.changed(one, 2, Event.Type.CERTIFICATE_REVOKED),
                Samples.changed(gone, 2, Event.Type.DECOMMISSIONED),
                Samples.erased(erased, 1));
        try (Mosquitto mosquitto = Mosquitto.start(folder, "localhost");
                EventPublisher sink = publisher(mosquitto.broker())) {
            mosquitto.reads("all", "muster/acme/events/#");
            assertThat(sink.deliver(events)).isEmpty();
            mosquitto.reads("late", "muster/acme/devices/#");

            await().atMost(LONG).until(() -> mosquitto.read("all").size() >= events.size());
            List<String> topics =
                    mosquitto.read("all").stream().map(Message::topic).toList();
            assertThat(topics)
                    .hasSize(6)
                    .contains(
                            "muster/acme/events/" + one + "/enrolled",
                            "muster/acme/events/" + one + "/certificate-revoked",
                            "muster/acme/events/" + erased + "/erased");
            await().atMost(LONG).until(() -> !mosquitto.read("late").isEmpty());
            List<Message> kept = mosquitto.read("late");
            assertThat(kept)
                    .extracting(Message::topic)
                    .as("one that is gone is not kept")
                    .containsExactly("muster/acme/devices/" + one);
            assertThat(kept.getFirst().retained()).isTrue();
            assertThat(kept.getFirst().json().path("version").asLong()).isEqualTo(2);
        }
    }

    @Test
    void a_broker_that_is_killed_in_the_middle_and_comes_back_misses_nothing() throws Exception {
        List<Event> before = Samples.mixed(20, 2);
        List<Event> after = Samples.mixed(300, 4);
        try (Mosquitto mosquitto = Mosquitto.start(folder, "localhost");
                EventPublisher sink = publisher(mosquitto.broker())) {
            mosquitto.reads("all", "muster/acme/events/#");
            assertThat(sink.deliver(before)).isEmpty();
            await().atMost(LONG).until(() -> mosquitto.read("all").size() == before.size());

            CompletableFuture<List<Poison>> delivery = CompletableFuture.supplyAsync(() -> sink.deliver(after));
            await().atMost(LONG)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> mosquitto.read("all").size() > before.size() + 50);
            mosquitto.kill();
            assertThatThrownBy(delivery::join).hasCauseInstanceOf(SinkUnavailable.class);
            assertThatThrownBy(() -> sink.deliver(after)).isInstanceOf(SinkUnavailable.class);
            mosquitto.startAgain();
            await().atMost(LONG)
                    .ignoreExceptionsInstanceOf(SinkUnavailable.class)
                    .until(() -> sink.deliver(after).isEmpty());

            Set<String> expected = ids(before);
            expected.addAll(ids(after));
            await().atMost(LONG).until(() -> seen(mosquitto).containsAll(expected));
            assertThat(seen(mosquitto)).isEqualTo(expected);
            assertThat(versions(mosquitto).values()).allMatch(EventPublisherTest::inOrder);
        }
    }

    @Test
    void an_event_that_is_too_large_for_the_broker_is_a_dead_letter_and_the_others_go_on() throws Exception {
        Event huge = withFacts("x".repeat(300_000));
        List<Event> events = List.of(
                Samples.changed(DeviceId.random(), 1, Event.Type.ENROLLED),
                huge,
                Samples.changed(DeviceId.random(), 1, Event.Type.ENROLLED));
        try (Mosquitto mosquitto = Mosquitto.start(folder, "localhost", "max_packet_size 200000");
                EventPublisher sink = publisher(mosquitto.broker())) {
            mosquitto.reads("all", "muster/acme/events/#");
            assertThat(sink.deliver(events)).extracting(Poison::event).containsExactly(huge);
            await().atMost(LONG).until(() -> mosquitto.read("all").size() == 2);
        }
    }

    @Test
    void a_broker_with_another_name_or_that_knows_no_such_password_is_told_nothing() throws Exception {
        try (Mosquitto mosquitto = Mosquitto.start(folder, "other.example");
                EventPublisher sink = publisher(mosquitto.broker())) {
            assertThatThrownBy(() -> sink.deliver(Samples.mixed(1, 1))).isInstanceOf(SinkUnavailable.class);
        }
        try (Mosquitto mosquitto = Mosquitto.start(folder, "localhost")) {
            Files.writeString(folder.resolve("password"), "guessed\n");
            try (EventPublisher sink = publisher(mosquitto.broker())) {
                assertThatThrownBy(() -> sink.deliver(Samples.mixed(1, 1)))
                        .isInstanceOf(SinkUnavailable.class)
                        .extracting(Throwable::getMessage)
                        .matches(said -> said.contains("NOT_AUTHORIZED") && !said.contains("guessed"));
            }
        }
    }

    @Test
    void a_broker_that_cannot_be_reached_is_tried_later() throws Exception {
        Broker nobody = new Broker(URI.create("mqtt://127.0.0.1:1"), "muster-test", Optional.empty(), Optional.empty());
        try (EventPublisher sink = publisher(nobody)) {
            assertThatThrownBy(() -> sink.deliver(Samples.mixed(1, 1))).isInstanceOf(SinkUnavailable.class);
        }
    }

    @Test
    void a_topic_has_places_and_no_wildcards() {
        for (String text : List.of("", "a/+/b", "a/#", "$SYS/x", "a/{hub}", "a/{", "x".repeat(501))) {
            assertThat(TopicTemplate.parse(text)).as(text).isEmpty();
        }
        DeviceId device = DeviceId.random();
        assertThat(topic("m/{tenant}/{subject}/{type}").of(Samples.erased(device, 1)))
                .isEqualTo("m/acme/" + device + "/erased");
        assertThat(DEVICES.isOfDevice()).isTrue();
        assertThat(EVENTS.isOfDevice()).isFalse();
        assertThat(topic("m/{tenant}").isOfDevice()).isFalse();
    }

    private static EventPublisher publisher(Broker broker) {
        return EventPublisher.of(broker, new Publication(EVENTS, Optional.of(DEVICES)));
    }

    private static TopicTemplate topic(String text) {
        return TopicTemplate.parse(text).orElseThrow();
    }

    private static Event withFacts(String note) {
        Event.Changed usual = Samples.changed(DeviceId.random(), 1, Event.Type.ENROLLED);
        Event.Portrait it = usual.portrait();
        Event.Portrait large = new Event.Portrait(
                it.registrationId(),
                it.deviceId(),
                it.state(),
                it.origin(),
                it.type(),
                it.assignment(),
                Optional.of(new Json("{\"note\":\"" + note + "\"}")),
                it.thing());
        return new Event.Changed(
                usual.device(), 1, usual.tenant(), usual.at(), usual.type(), large, List.of(), List.of());
    }

    private static Set<String> ids(List<Event> events) {
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.id()));
        return ids;
    }

    private static Set<String> seen(Mosquitto mosquitto) throws IOException {
        Set<String> ids = new HashSet<>();
        for (Message message : mosquitto.read("all")) {
            ids.add(message.json().path("id").asText());
        }
        return ids;
    }

    /// Of each device the versions in the order in which they first came.
    private static Map<String, List<Long>> versions(Mosquitto mosquitto) throws IOException {
        Map<String, List<Long>> versions = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (Message message : mosquitto.read("all")) {
            JsonNode event = message.json();
            if (known.add(event.path("id").asText())) {
                versions.computeIfAbsent(event.path("subject").asText(), device -> new ArrayList<>())
                        .add(event.path("data").path("version").asLong());
            }
        }
        return versions;
    }

    private static boolean inOrder(List<Long> versions) {
        return versions.equals(versions.stream().sorted().toList());
    }
}
