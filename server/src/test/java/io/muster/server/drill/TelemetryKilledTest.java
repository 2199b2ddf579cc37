package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Maker;
import io.muster.fleet.mqtt.MqttCaller;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Reporter;
import java.net.URI;
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

/// `kill -9` while messages flow: every acknowledged message is in a file, and those of a device stand there in the
/// order in which it said them.
class TelemetryKilledTest {

    private static final boolean FULL = Boolean.getBoolean("muster.test.full");
    private static final int DEVICES = FULL ? 200 : 20;
    private static final int MESSAGES = FULL ? 100_000 : 3_000;
    private static final int KILLS = FULL ? 8 : 2;
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> ends = ConcurrentHashMap.newKeySet();

    @Test
    void every_acknowledged_message_is_there() throws Exception {
        Maker maker = Maker.found("Talkers");
        Path data = Ground.folder("telemetry-killed").resolve("data");
        try (ChildNode node = ChildNode.up(
                data, "sinks.all.kind=file", "routes.all.when=has(payload.of)", "routes.all.to=standard,all")) {
            Customer.create(node.operator(), "acme").trusts("talkers", maker.rootPem());
            Address address = new Address(
                    URI.create("mqtts://localhost:" + node.port()),
                    node.target("acme").trustAnchorPem());
            CountDownLatch done = new CountDownLatch(DEVICES);
            try (MqttCaller caller =
                    Reporter.caller(address, Patience.tries(1_000).within(Duration.ofSeconds(20)))) {
                for (int i = 0; i < DEVICES; i++) {
                    String name = "talker-" + i;
                    caller.call(
                            new Reporter(maker.make(name), "n", said(name), acknowledged::add),
                            System.nanoTime(),
                            (end, _) -> {
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
            for (Path folder :
                    List.of(data.resolve("telemetry"), data.resolve("sinks").resolve("all"))) {
                Map<String, List<Integer>> kept = kept(folder);
                assertThat(kept).hasSize(DEVICES);
                kept.values().forEach(TelemetryKilledTest::areAllThereInOrder);
            }
        }
    }

    private static List<String> said(String name) {
        return IntStream.range(0, MESSAGES / DEVICES)
                .mapToObj(i -> "{\"of\":\"" + name + "\",\"n\":" + i + "}")
                .toList();
    }

    private void awaits(int count) {
        Awaitility.await().atMost(LONGEST).pollInterval(Duration.ofMillis(2)).until(() -> acknowledged.size() >= count);
    }

    /// Of each device, the numbers of its messages as they stand in the files; a line that was cut off would be no
    /// JSON.
    private static Map<String, List<Integer>> kept(Path folder) throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, List<Integer>> kept = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(it -> it.getFileName().toString().startsWith("telemetry"))
                    .filter(it -> it.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode data = json.readTree(line).path("data");
                    kept.computeIfAbsent(data.at("/payload/of").asText(), _ -> new ArrayList<>())
                            .add(data.at("/payload/n").asInt());
                }
            }
        }
        return kept;
    }

    /// What was not acknowledged was said again, at once: one may stand there twice, one behind the other.
    private static void areAllThereInOrder(List<Integer> numbers) {
        assertThat(numbers).isSorted();
        assertThat(numbers.stream().distinct().toList())
                .isEqualTo(IntStream.range(0, MESSAGES / DEVICES).boxed().toList());
    }
}
