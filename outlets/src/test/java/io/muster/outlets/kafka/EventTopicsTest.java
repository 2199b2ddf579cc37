package io.muster.outlets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Event.Portrait;
import io.muster.core.ledger.Sink.Poison;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.Waves;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real broker, read by Kafka's own console consumer.
class EventTopicsTest {

    private static final Topics TOPICS = new Topics("events", "devices");

    @TempDir
    Path folder;

    @Test
    void every_event_stands_in_one_topic_in_order_and_each_device_as_it_is_in_the_other() throws Exception {
        DeviceId one = DeviceId.random();
        DeviceId gone = DeviceId.random();
        DeviceId erased = DeviceId.random();
        Event huge = changed(DeviceId.random(), 1, Event.Type.ENROLLED, "x".repeat(2_000_000));
        List<Event> events = List.of(
                changed(one, 1, Event.Type.ENROLLED, "1.0"),
                changed(gone, 1, Event.Type.ENROLLED, "1.0"),
                huge,
                new Event.Erased(erased, 1, new Name("acme"), Instant.EPOCH),
                changed(one, 2, Event.Type.UPDATED, "1.1"),
                changed(one, 3, Event.Type.UPDATED, "1.2"),
                changed(gone, 2, Event.Type.DECOMMISSIONED, "1.0"));
        try (Broker broker = Broker.start(folder)) {
            try (EventTopics sink = EventTopics.of(TOPICS, new ClientSettings(broker.servers(), new Properties()))) {
                assertThat(sink.deliver(events)).extracting(Poison::event).containsExactly(huge);
            }
            try (EventTopics restarted =
                    EventTopics.of(TOPICS, new ClientSettings(broker.servers(), new Properties()))) {
                assertThat(restarted.deliver(List.of(changed(one, 4, Event.Type.UPDATED, "1.3"))))
                        .isEmpty();
            }

            Map<String, List<Long>> versions = new HashMap<>();
            for (String line : broker.consumed(TOPICS.events(), 7)) {
                JsonNode event = value(line);
                assertThat(key(line)).isEqualTo(event.path("subject").asText());
                versions.computeIfAbsent(key(line), device -> new ArrayList<>())
                        .add(event.path("data").path("version").asLong());
            }
            assertThat(versions)
                    .isEqualTo(Map.of(
                            one.toString(), List.of(1L, 2L, 3L, 4L),
                            gone.toString(), List.of(1L, 2L),
                            erased.toString(), List.of(1L)));

            Map<String, String> newest = new HashMap<>();
            for (String line : broker.consumed(TOPICS.devices(), 7)) {
                newest.put(key(line), line.substring(line.indexOf('\t') + 1));
            }
            assertThat(newest.get(gone.toString())).isEqualTo("null");
            assertThat(newest.get(erased.toString())).isEqualTo("null");
            JsonNode device = new ObjectMapper().readTree(newest.get(one.toString()));
            assertThat(device.path("version").asLong()).isEqualTo(4);
            assertThat(device.path("facts").path("firmware").asText()).isEqualTo("1.3");
            assertThat(policy(broker, TOPICS.devices())).isEqualTo("compact");
            assertThat(policy(broker, TOPICS.events())).isEqualTo("delete");
        }
    }

    @Test
    void what_came_while_the_broker_was_away_comes_after_what_was_before() throws Exception {
        DeviceId device = DeviceId.random();
        List<Event> next = List.of(changed(device, 2, Event.Type.UPDATED, "1.1"));
        try (Broker broker = Broker.start(folder);
                EventTopics sink = EventTopics.of(TOPICS, new ClientSettings(broker.servers(), hasty(1000)))) {
            sink.deliver(List.of(changed(device, 1, Event.Type.ENROLLED, "1.0")));
            broker.close();
            assertThatThrownBy(() -> sink.deliver(next)).isInstanceOf(SinkUnavailable.class);
            broker.startAgain();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(SinkUnavailable.class)
                    .until(() -> sink.deliver(next).isEmpty());
            List<Long> versions = new ArrayList<>();
            for (String line : broker.consumed(TOPICS.events(), 2)) {
                versions.add(value(line).path("data").path("version").asLong());
            }
            assertThat(versions).containsExactly(1L, 2L);
        }
    }

    private static Properties hasty(int millis) {
        Properties hasty = new Properties();
        for (String limit : List.of("max.block.ms", "request.timeout.ms", "default.api.timeout.ms")) {
            hasty.setProperty(limit, Integer.toString(millis));
        }
        hasty.setProperty("delivery.timeout.ms", Integer.toString(2 * millis));
        return hasty;
    }

    @Test
    void a_cluster_that_cannot_be_reached_is_tried_later() {
        for (String servers : List.of("127.0.0.1:1", "no-such-host.invalid:9092")) {
            try (EventTopics sink = EventTopics.of(TOPICS, new ClientSettings(servers, hasty(300)))) {
                assertThatThrownBy(
                                () -> sink.deliver(List.of(changed(DeviceId.random(), 1, Event.Type.ENROLLED, "1.0"))))
                        .isInstanceOf(SinkUnavailable.class);
            }
        }
    }

    @Test
    void no_wave_holds_two_events_of_a_device() {
        DeviceId one = DeviceId.random();
        DeviceId other = DeviceId.random();
        Event a1 = changed(one, 1, Event.Type.ENROLLED, "");
        Event a2 = changed(one, 2, Event.Type.UPDATED, "");
        Event b1 = changed(other, 1, Event.Type.ENROLLED, "");
        assertThat(Waves.of(List.of(a1, a2, b1))).containsExactly(List.of(a1, b1), List.of(a2));
    }

    @Test
    void what_the_sink_promises_cannot_be_set_otherwise_and_nothing_of_it_is_printed() {
        Properties weaker = new Properties();
        weaker.setProperty("acks", "0");
        weaker.setProperty("enable.idempotence", "false");
        weaker.setProperty("sasl.jaas.config", "a secret");
        ClientSettings settings = new ClientSettings("127.0.0.1:1", weaker);
        assertThat(settings.ofProducer())
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("sasl.jaas.config", "a secret");
        assertThat(settings).asString().doesNotContain("secret");
    }

    private static String policy(Broker broker, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.servers()))) {
            Map<ConfigResource, Config> described =
                    admin.describeConfigs(List.of(resource)).all().get();
            return Objects.requireNonNull(described.get(resource))
                    .get("cleanup.policy")
                    .value();
        }
    }

    private static String key(String line) {
        return line.substring(0, line.indexOf('\t'));
    }

    private static JsonNode value(String line) throws Exception {
        return new ObjectMapper().readTree(line.substring(line.indexOf('\t') + 1));
    }

    private static Event.Changed changed(DeviceId device, long version, Event.Type type, String firmware) {
        Portrait portrait = new Portrait(
                RegistrationId.parse("pump-1").orElseThrow(),
                "pump-1",
                DeviceState.ENABLED,
                new Device.Origin(new Name("pumps"), 1),
                Optional.empty(),
                new Device.Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1.example.com"),
                Optional.of(new Json("{\"firmware\":\"" + firmware + "\"}")),
                Optional.empty());
        return new Event.Changed(
                device, version, new Name("acme"), Instant.EPOCH, type, portrait, List.of(), List.of());
    }
}
