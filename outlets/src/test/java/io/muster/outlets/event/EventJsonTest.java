package io.muster.outlets.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.device.Thing;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Event.Portrait;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is written is read by the library of the CloudEvents project.
class EventJsonTest {

    private static final Instant AT = Instant.parse("2026-11-23T18:30:00.250Z");
    private static final DeviceId DEVICE = DeviceId.random();
    private static final Serial SERIAL = new Serial(Bytes.of(HexFormat.of().parseHex("4d".repeat(17))));

    private final EventJson form = new EventJson();

    @Test
    void a_change_is_a_cloud_event_with_the_device_as_it_is_from_then_on() throws IOException {
        CloudEvent event = read(changed(Event.Type.CERTIFICATE_REVOKED));
        assertThat(event.getId()).isEqualTo(DEVICE + "/4");
        assertThat(event.getSource()).isEqualTo(URI.create("urn:muster:tenant:acme"));
        assertThat(event.getType()).isEqualTo("io.muster.device.certificate-revoked");
        assertThat(event.getSubject()).isEqualTo(DEVICE.toString());
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-23T18:30:00.250Z"));
        assertThat(data(event)).isEqualTo(new ObjectMapper().readTree("""
                {"version":4,"tenant":"acme","registrationId":"Pump-1","deviceId":"pump-1-eu","state":"quarantined",
                 "enrollment":{"name":"pumps","version":2},"type":"pump","region":"eu","hub":"eu-1",
                 "endpoint":"mqtts://eu-1.example.com","facts":{"firmware":"1.2","note":"a\\nb"},
                 "thing":{"attributes":{"a":"1","b":"2"},"groups":["g"],"billingGroup":"bill"},
                 "certificatesIssued":[{"serial":"%s","profile":"device@1","notAfter":"2026-11-23T18:30:00.250Z",
                   "subject":"CN=Pump-1"}],
                 "certificatesEnded":[{"serial":"%s","state":"revoked"}]}""".formatted(SERIAL, SERIAL)));
    }

    @Test
    void the_device_alone_is_what_its_event_says_of_it_without_certificates() throws IOException {
        Event.Changed changed = changed(Event.Type.UPDATED);
        ObjectNode expected = (ObjectNode) data(read(changed));
        expected.remove(List.of("certificatesIssued", "certificatesEnded"));
        assertThat(new ObjectMapper().readTree(form.device(changed))).isEqualTo(expected);
    }

    @Test
    void of_an_erased_device_nothing_is_said_but_that_it_was_erased() throws IOException {
        CloudEvent event = read(new Event.Erased(DEVICE, 4, new Name("acme"), AT));
        assertThat(event.getType()).isEqualTo("io.muster.device.erased");
        assertThat(data(event)).isEqualTo(new ObjectMapper().readTree("{\"version\":4,\"tenant\":\"acme\"}"));
    }

    @Test
    void every_type_has_a_word_of_its_own_and_an_event_is_one_line_the_same_each_time() {
        Set<String> types = new HashSet<>();
        for (Event.Type type : Event.Type.values()) {
            byte[] written = form.of(changed(type));
            assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("\n");
            assertThat(form.of(changed(type))).isEqualTo(written);
            types.add(read(changed(type)).getType());
        }
        assertThat(types)
                .hasSize(Event.Type.values().length)
                .allMatch(type -> type.matches("io\\.muster\\.device\\.[a-z-]+"));
    }

    private CloudEvent read(Event event) {
        return new JsonFormat().deserialize(form.of(event));
    }

    private static JsonNode data(CloudEvent event) throws IOException {
        return new ObjectMapper()
                .readTree(Objects.requireNonNull(event.getData()).toBytes());
    }

    private static Event.Changed changed(Event.Type type) {
        Portrait portrait = new Portrait(
                RegistrationId.parse("Pump-1").orElseThrow(),
                "pump-1-eu",
                DeviceState.QUARANTINED,
                new Device.Origin(new Name("pumps"), 2),
                Optional.of("pump"),
                new Device.Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1.example.com"),
                Optional.of(new Json("{\"firmware\":\"1.2\",\"note\":\"a\\nb\"}")),
                Optional.of(new Thing(Map.of("b", "2", "a", "1"), List.of("g"), Optional.of("bill"), List.of())));
        return new Event.Changed(
                DEVICE,
                4,
                new Name("acme"),
                AT,
                type,
                portrait,
                List.of(new Event.Issued(SERIAL, "device@1", AT, "CN=Pump-1")),
                List.of(new Event.Ended(SERIAL, Event.Ended.State.REVOKED)));
    }
}
