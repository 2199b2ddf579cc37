package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Maker;
import io.muster.fleet.kafka.LocalBroker;
import io.muster.fleet.kafka.TopicReader;
import io.muster.fleet.mqtt.MqttCaller;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Reporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// `kill -9` while messages flow: every acknowledged message is where its routes lead, and those of a device stand
/// there in the order in which it said them.
class TelemetryKilledTest {

    private static final boolean FULL = Boolean.getBoolean("muster.test.full");
    private static final int DEVICES = FULL ? 200 : 20;
    private static final int MESSAGES = FULL ? 100_000 : 3_000;
    private static final int KILLS = FULL ? 8 : 2;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final String CONDITION = "routes.all.when=has(payload.of)";

    private final ObjectMapper json = new ObjectMapper();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> ends = ConcurrentHashMap.newKeySet();

    @Test
    void every_acknowledged_message_is_in_both_files() throws Exception {
        Path data = Ground.folder("telemetry-killed").resolve("data");
        try (ChildNode node = ChildNode.up(data, "sinks.all.kind=file", CONDITION, "routes.all.to=standard,all")) {
            isKilledWhileDevicesReport(node);
        }
        areAllThereInOrder(lines(data.resolve("telemetry")));
        areAllThereInOrder(lines(data.resolve("sinks").resolve("all")));
    }

    @Test
    void every_acknowledged_message_is_in_kafka() throws Exception {
        Path ground = Ground.folder("telemetry-kafka");
        try (LocalBroker broker = LocalBroker.start(ground.resolve("broker"));
                ChildNode node = ChildNode.up(
                        ground.resolve("data"),
                        "sinks.bus.kind=kafka",
                        "sinks.bus.bootstrap-servers=" + broker.servers(),
                        CONDITION,
                        "routes.all.to=bus")) {
            isKilledWhileDevicesReport(node);
            areAllThereInOrder(records(broker.servers()));
        }
    }

    private void isKilledWhileDevicesReport(ChildNode node) throws Exception {
        Maker maker = Maker.found("Talkers");
        Customer.create(node.operator(), "acme").trusts("talkers", maker.rootPem());
        Address address = new Address(
                URI.create("mqtts://localhost:" + node.port()),
                node.target("acme").trustAnchorPem());
        CountDownLatch done = new CountDownLatch(DEVICES);
        try (MqttCaller caller = Reporter.caller(address, Patience.tries(1_000).within(Duration.ofSeconds(20)))) {
            for (int i = 0; i < DEVICES; i++) {
                String name = "talker-" + i;
                Reporter reporter = new Reporter(maker.make(name), "n", said(name), acknowledged::add);
                caller.call(reporter, System.nanoTime(), (end, _) -> {
                    ends.add(end);
                    done.countDown();
                });
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                awaits(MESSAGES * kill / (KILLS + 1));
                node.kill();
                node.upAgain();
            }
            assertThat(done.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ends).containsExactly("");
        assertThat(acknowledged).hasSize(MESSAGES);
    }

    private static List<String> said(String name) {
        return IntStream.range(0, MESSAGES / DEVICES)
                .mapToObj(i -> "{\"of\":\"" + name + "\",\"n\":" + i + "}")
                .toList();
    }

    private void awaits(int count) {
        Awaitility.await().atMost(LONGEST).pollInterval(Duration.ofMillis(2)).until(() -> acknowledged.size() >= count);
    }

    /// Full files are named by the time, and come before the one that is written.
    private static List<String> lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".ndjson"))
                    .filter(it -> it.getFileName().toString().startsWith("telemetry"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static List<String> records(String servers) {
        List<String> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.fromBeginning(servers, "muster.telemetry")) {
            long written = reader.written();
            Awaitility.await().atMost(LONGEST).until(() -> {
                reader.look(found -> records.add(new String(found.value().orElseThrow(), StandardCharsets.UTF_8)));
                return records.size() >= written;
            });
        }
        return records;
    }

    /// What was not acknowledged was said again, at once: one may stand there twice, one behind the other. A line that
    /// was cut off would be no JSON.
    private void areAllThereInOrder(List<String> events) {
        Map<String, List<Integer>> kept = new HashMap<>();
        for (String event : events) {
            JsonNode payload = read(event).at("/data/payload");
            kept.computeIfAbsent(payload.path("of").asText(), _ -> new ArrayList<>())
                    .add(payload.path("n").asInt());
        }
        assertThat(kept).hasSize(DEVICES);
        for (List<Integer> numbers : kept.values()) {
            assertThat(numbers).isSorted();
            assertThat(numbers.stream().distinct().toList())
                    .isEqualTo(IntStream.range(0, MESSAGES / DEVICES).boxed().toList());
        }
    }

    private JsonNode read(String event) {
        try {
            return json.readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
