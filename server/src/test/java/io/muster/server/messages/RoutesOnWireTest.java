package io.muster.server.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.channel.Address;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.server.settings.SettingsException;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import io.muster.server.testkit.Reporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A device publishes, and its message is where the routes say.
class RoutesOnWireTest {

    private static final Maker PUMPS = Maker.found("Pumps");
    private static final Maker VALVES = Maker.found("Valves");

    @AutoClose
    private static final Installation HOUSE = Installation.open(
            "sinks.hot.kind=file",
            "sinks.valves.kind=file",
            "routes.hot.when=has(payload.temp) && payload.temp > 30",
            "routes.hot.to=hot",
            "routes.valves.when=type == 'valve'",
            "routes.valves.to=valves, hot",
            "routes.wrong.when=topic.endsWith('/wrong') && payload.there.is.none",
            "routes.wrong.to=hot");

    private final Address address = Reporter.at(HOUSE);
    private final ObjectMapper json = new ObjectMapper();

    @BeforeAll
    static void a_customer_trusts_two_makers() {
        Customer acme = Customer.create(HOUSE.operator(), "acme");
        acme.trusts("pumps", PUMPS.rootPem(), "--type", "pump");
        acme.trusts("valves", VALVES.rootPem(), "--type", "valve");
    }

    @Test
    void what_no_route_wants_is_a_line_in_the_file_with_its_devices_name() throws Exception {
        Reporter.says(address, PUMPS.make("pump-1"), "warm", "{\"temp\": 21}");

        JsonNode event = only(messages("telemetry"), "pump-1");
        assertThat(event.path("type").asText()).isEqualTo("io.muster.telemetry");
        assertThat(event.path("source").asText()).isEqualTo("urn:muster:tenant:acme");
        assertThat(event.path("partitionkey")).isEqualTo(event.path("subject"));
        assertThat(event.at("/data/type").asText()).isEqualTo("pump");
        assertThat(event.at("/data/topic").asText()).isEqualTo("t/pump-1/warm");
        assertThat(event.at("/data/payload/temp").asInt()).isEqualTo(21);
        assertThat(inSinks("pump-1")).isEmpty();
    }

    @Test
    void routes_lead_by_what_is_in_a_message_and_by_who_said_it() throws Exception {
        Reporter.says(address, PUMPS.make("pump-2"), "warm", "{\"temp\": 30.5}", "plain");
        Reporter.says(address, VALVES.make("valve-2"), "warm", "{\"temp\": 99}");

        assertThat(only(sink("hot"), "pump-2").at("/data/payload/temp").asDouble())
                .isEqualTo(30.5);
        assertThat(only(sink("hot"), "valve-2")).isEqualTo(only(sink("valves"), "valve-2"));
        assertThat(only(messages("telemetry"), "pump-2").at("/data/payload").asText())
                .isEqualTo("plain");
        assertThat(of(messages("telemetry"), "valve-2")).isEmpty();
    }

    @Test
    void what_a_route_cannot_judge_is_acknowledged_and_in_quarantine_alone() throws Exception {
        Reporter.says(address, VALVES.make("valve-3"), "wrong", "{\"temp\": 99}");

        assertThat(only(messages("quarantine"), "valve-3")
                        .at("/data/quarantine")
                        .asText())
                .startsWith("route wrong cannot tell: ")
                .contains("there");
        assertThat(inSinks("valve-3")).isEmpty();
        assertThat(of(messages("telemetry"), "valve-3")).isEmpty();
    }

    @Test
    void an_operator_watches_messages_as_they_come() throws Exception {
        X509Device device = PUMPS.make("pump-4");
        Operator operator = HOUSE.operator();
        CompletableFuture<String> seen = CompletableFuture.supplyAsync(
                () -> operator.types(
                        "telemetry", "tail", "--tenant", "acme", "--device", "pump-4", "--limit", "2", "-o", "json"),
                Thread::startVirtualThread);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            Reporter.says(address, device, "live", "{\"n\":1}");
            return seen.isDone();
        });
        List<String> lines = seen.get(10, TimeUnit.SECONDS).lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode event = json.readTree(lines.getFirst());
        assertThat(event.at("/data/deviceId").asText()).isEqualTo("pump-4");
        assertThat(of(messages("telemetry"), "pump-4")).contains(event);
    }

    @Test
    void a_mistake_in_a_route_stops_the_start_and_names_its_place() {
        assertThatThrownBy(() -> Installation.open("routes.odd.when=temperature > 3", "routes.odd.to=standard"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("routes.odd.when")
                .hasMessageContaining("1:1")
                .hasMessageContaining("temperature");
    }

    private List<JsonNode> inSinks(String device) throws Exception {
        List<JsonNode> all = new ArrayList<>(of(sink("hot"), device));
        all.addAll(of(sink("valves"), device));
        return all;
    }

    private static JsonNode only(List<JsonNode> events, String device) {
        List<JsonNode> found = of(events, device);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static List<JsonNode> of(List<JsonNode> events, String device) {
        return events.stream()
                .filter(event -> event.at("/data/registrationId").asText().equals(device))
                .toList();
    }

    private List<JsonNode> messages(String file) throws Exception {
        return read(HOUSE.data().resolve("telemetry").resolve(file + ".ndjson"));
    }

    private List<JsonNode> sink(String name) throws Exception {
        return read(HOUSE.data().resolve("sinks").resolve(name).resolve("telemetry.ndjson"));
    }

    private List<JsonNode> read(Path file) throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            events.add(json.readTree(line));
        }
        return events;
    }
}
