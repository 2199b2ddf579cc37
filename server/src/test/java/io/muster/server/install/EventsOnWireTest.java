package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.dps.Ending;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import io.muster.server.testkit.SinkDrain;
import io.muster.server.testkit.ToldEvents;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What a sink is told, held against the document that tells programs what to expect.
class EventsOnWireTest {

    private static final String DOCUMENT = "/io/muster/desk/asyncapi.yaml";

    @Test
    void every_event_of_a_life_is_as_the_document_says() throws Exception {
        Path folder = Ground.folder("events");
        try (Installation house = Installation.open("sinks.events.kind=file", "sinks.events.path=" + folder)) {
            Operator operator = house.operator();
            Customer customer = Customer.create(operator, "acme");
            GroupKey key = customer.sharesKey("meters");
            for (String name : List.of("meter-1", "meter-2")) {
                assertThat(Door.DPS_HTTPS.knock(house.target("acme"), key.make(name)))
                        .isInstanceOf(Ending.Enrolled.class);
            }
            act(operator, "quarantine");
            act(operator, "release");
            act(operator, "decommission", "--yes");
            SinkDrain.awaits(operator, "events");

            List<JsonNode> told = ToldEvents.inFolder(folder).events();
            Schema schema = event();
            for (JsonNode event : told) {
                assertThat(schema.validate(event))
                        .extracting(Error::getMessage)
                        .as(event.toString())
                        .isEmpty();
            }
            Set<String> types = new TreeSet<>();
            told.forEach(event -> types.add(event.path("type").asText()));
            assertThat(types)
                    .containsExactly(
                            "io.muster.device.decommissioned",
                            "io.muster.device.enrolled",
                            "io.muster.device.quarantined",
                            "io.muster.device.released");
            ObjectNode nameless = told.getFirst().deepCopy();
            nameless.remove("subject");
            assertThat(schema.validate(nameless)).isNotEmpty();
        }
    }

    private static void act(Operator operator, String verb, String... more) {
        List<String> words =
                new ArrayList<>(List.of("device", verb, "meter-1", "--reason", "a drill", "--tenant", "acme"));
        words.addAll(List.of(more));
        operator.types(words.toArray(String[]::new));
    }

    /// The schema of an event, with the others that it refers to in their places.
    private static Schema event() throws Exception {
        try (InputStream text = Objects.requireNonNull(EventsOnWireTest.class.getResourceAsStream(DOCUMENT))) {
            ObjectNode document = (ObjectNode) new YAMLMapper().readTree(text);
            ObjectNode root = document.objectNode();
            root.put("$ref", "#/components/schemas/Event");
            root.set("components", document.path("components"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(root);
        }
    }
}
