package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of individuals, from the operator's machine to the roster; 100,000 at full size.
class ImportKilledTest {

    private static final Logger LOG = LoggerFactory.getLogger(ImportKilledTest.class);
    private static final int MANY = Boolean.getBoolean("muster.test.full") ? 100_000 : 4_000;
    private static final Duration LONG = Duration.ofMinutes(8);

    @Test
    void the_server_is_killed_while_it_checks_and_while_it_stores_and_the_import_goes_on() throws IOException {
        Path file = file("killed");
        try (ChildNode node = ChildNode.up(Ground.folder("import-killed").resolve("data"))) {
            customer(node.operator());
            String id = node.operator()
                    .asks("enrollment", "import", file.toString(), "--tenant", "acme", "--detach")
                    .path("id")
                    .asText();
            for (String counted : new String[] {"checked", "applied"}) {
                await().atMost(LONG)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> shown(node.operator(), id)
                                        .path("items")
                                        .path(counted)
                                        .asInt()
                                > 0);
                node.kill();
                node.upAgain();
            }

            JsonNode done = node.operator().asks("import", "watch", id, "--tenant", "acme");
            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
            assertThat(done.path("items").path("added").asInt()
                            + done.path("items").path("same").asInt())
                    .isEqualTo(MANY);
            assertThat(names(node.operator())).isEqualTo(MANY);
        }
    }

    @Test
    void one_file_is_imported_twice_at_once_and_each_device_is_there_once() throws IOException {
        Path file = file("twice");
        try (Installation house = Installation.open()) {
            Operator operator = house.operator();
            customer(operator);
            long began = System.nanoTime();
            String first = detached(operator, file);
            String second = detached(operator, file);
            JsonNode one =
                    operator.asks("import", "watch", first, "--tenant", "acme").path("items");
            JsonNode other =
                    operator.asks("import", "watch", second, "--tenant", "acme").path("items");
            long millis = (System.nanoTime() - began) / 1_000_000;
            LOG.info("{} individuals twice at once in {} ms", MANY, millis);

            assertThat(one.path("added").asInt() + other.path("added").asInt()).isEqualTo(MANY);
            assertThat(one.path("same").asInt() + other.path("same").asInt()).isEqualTo(MANY);
            assertThat(one.path("bad").asInt() + other.path("bad").asInt()).isZero();
            assertThat(names(operator)).isEqualTo(MANY);
        }
    }

    @Test
    void a_file_is_imported_with_one_command_at_a_good_rate() throws IOException {
        Path file = file("once");
        try (Installation house = Installation.open()) {
            Operator operator = house.operator();
            customer(operator);
            long began = System.nanoTime();
            Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
            Duration database = databaseCpu(house);
            JsonNode done = operator.asks("enrollment", "import", file.toString(), "--tenant", "acme");
            long millis = (System.nanoTime() - began) / 1_000_000;
            LOG.info("{} individuals from a CSV file in {} ms: {} a second", MANY, millis, MANY * 1000L / millis);
            LOG.info(
                    "CPU for each: JVM {} µs, PostgreSQL {} µs",
                    ProcessHandle.current()
                                    .info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .minus(own)
                                    .toMillis()
                            * 1000
                            / MANY,
                    databaseCpu(house).minus(database).toMillis() * 1000 / MANY);
            assertThat(done.path("items").path("added").asInt()).isEqualTo(MANY);
            assertThat(operator.asks("enrollment", "import", file.toString(), "--tenant", "acme")
                            .path("items")
                            .path("same")
                            .asInt())
                    .isEqualTo(MANY);
        }
    }

    private static Duration databaseCpu(Installation house) {
        ProcessHandle server = BundledDatabase.in(house.data()).process();
        return Stream.concat(Stream.of(server), server.descendants())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void customer(Operator operator) {
        operator.types("tenant", "create", "acme");
        operator.types(
                "hub",
                "create",
                "eu-1",
                "--tenant",
                "acme",
                "--region",
                "eu",
                "--endpoint",
                "mqtts://eu-1.example.com");
    }

    private static String detached(Operator operator, Path file) {
        return operator.asks("enrollment", "import", file.toString(), "--tenant", "acme", "--detach")
                .path("id")
                .asText();
    }

    private static JsonNode shown(Operator operator, String id) {
        return operator.asks("import", "get", id, "--tenant", "acme");
    }

    private static long names(Operator operator) {
        JsonNode all = operator.asks("enrollment", "list", "--all", "--tenant", "acme");
        return StreamSupport.stream(all.path("items").spliterator(), false)
                .map(item -> item.path("registrationId").asText())
                .distinct()
                .count();
    }

    private static Path file(String name) throws IOException {
        Random random = new Random(7);
        byte[] key = new byte[32];
        String lines = IntStream.range(0, MANY)
                .mapToObj(i -> {
                    random.nextBytes(key);
                    return "Pump-%06d,%s,eu-1,pump"
                            .formatted(i, Base64.getEncoder().encodeToString(key));
                })
                .collect(Collectors.joining("\n", "registrationId,primaryKey,hubs,type\n", "\n"));
        return Files.writeString(Ground.folder("import").resolve(name + ".csv"), lines);
    }
}
