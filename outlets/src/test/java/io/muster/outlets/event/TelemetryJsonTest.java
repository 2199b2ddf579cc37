package io.muster.outlets.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.muster.core.telemetry.Message;
import io.muster.outlets.testkit.Said;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is read by the library of the CloudEvents project.
class TelemetryJsonTest {

    private final TelemetryJson form = new TelemetryJson();

    @Test
    void a_message_is_a_cloud_event_with_its_device_as_it_was_when_it_connected() throws IOException {
        CloudEvent event = read(Said.of(
                "{\"temp\": 21.50}",
                "{\"firmware\":\"1.2\",\"location\":{\"lat\":48.10,\"lon\":1e2},\"capabilities\":[\"ota\"]}",
                Map.of("b", "2", "a", "1")));
        assertThat(event.getSource()).isEqualTo(URI.create("urn:muster:tenant:acme"));
        assertThat(event.getType()).isEqualTo("io.muster.telemetry");
        assertThat(event.getSubject()).isEqualTo(Said.PUMP.toString());
        assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-11-23T10:00:00.500Z"));
        assertThat(event.getExtension("partitionkey")).isEqualTo(Said.PUMP.toString());
        assertThat(data(event)).isEqualTo(new ObjectMapper().readTree("""
                {"tenant":"acme","registrationId":"Pump-1","deviceId":"dev-1","enrollment":{"name":"pumps","version":2},
                 "type":"pump","region":"eu","hub":"eu-1","location":{"lat":48.10,"lon":1E+2},"capabilities":["ota"],
                 "topic":"t/dev-1","qos":1,"properties":{"a":"1","b":"2"},"receivedAt":"2026-11-23T10:00:00.500Z",
                 "deviceTime":"2026-11-23T09:59:58Z","payloadFormat":"json","payload":{"temp":21.50}}"""));
    }

    @Test
    void each_event_has_an_id_of_its_own_and_so_has_each_writer() {
        Message message = Said.of("1");
        assertThat(read(message).getId()).isNotEqualTo(read(message).getId());
        assertThat(new JsonFormat()
                        .deserialize(new TelemetryJson()
                                .write(message, Optional.empty())
                                .event()
                                .toArray())
                        .getId())
                .isNotEqualTo(read(message).getId());
    }

    @Test
    void json_stands_there_as_its_device_wrote_it_on_one_line() {
        assertThat(text(Said.of("{\r\n \"n\": 1.0000000000000000001,\n \"s\": \"a\\nb\"}")))
                .contains("\"payload\":{   \"n\": 1.0000000000000000001,  \"s\": \"a\\nb\"}")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "21 Grad",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} {}",
                "[1,2",
                "{\"a\":\"\\ud800\"}",
                "NaN",
                "{'a':1}",
                "01",
                "\"tab\there\"",
                "[1,]"
            })
    void what_is_no_strict_json_is_text(String payload) throws IOException {
        JsonNode data = data(read(Said.of(payload)));
        assertThat(data.path("payloadFormat").asText()).isEqualTo("text");
        assertThat(data.path("payload").textValue()).isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "-1.5e3", "\"a\"", "[]", "{}", " {\"ä\":[{\"😀\":null}]} "})
    void every_value_of_json_is_json(String payload) throws IOException {
        JsonNode data = data(read(Said.of(payload)));
        assertThat(data.path("payloadFormat").asText()).isEqualTo("json");
        assertThat(data.get("payload")).isEqualTo(new ObjectMapper().readTree(payload));
    }

    @Test
    void json_that_is_too_deep_is_text() throws IOException {
        String deep = "[".repeat(StrictJson.DEEPEST + 1) + "]".repeat(StrictJson.DEEPEST + 1);
        assertThat(data(read(Said.of(deep))).path("payloadFormat").asText()).isEqualTo("text");
        String inBounds = deep.substring(1, deep.length() - 1);
        assertThat(data(read(Said.of(inBounds))).path("payloadFormat").asText()).isEqualTo("json");
    }

    @Test
    void what_is_no_text_is_base64() throws IOException {
        byte[] octets = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
        JsonNode data = data(read(Said.of(octets)));
        assertThat(data.path("payloadFormat").asText()).isEqualTo("base64");
        assertThat(data.path("payload_base64").binaryValue()).isEqualTo(octets);
        assertThat(data.has("payload")).isFalse();
    }

    @Test
    void what_is_put_aside_says_why() throws IOException {
        var aside = form.write(Said.of("1"), Optional.of("route warm cannot tell: no \"temp\""));
        CloudEvent event = new JsonFormat().deserialize(aside.event().toArray());
        assertThat(data(event).path("quarantine").asText()).isEqualTo("route warm cannot tell: no \"temp\"");
        assertThat(aside.toString()).doesNotContain("dev-1");
    }

    private String text(Message message) {
        return new String(form.write(message, Optional.empty()).event().toArray(), StandardCharsets.UTF_8);
    }

    private CloudEvent read(Message message) {
        return new JsonFormat()
                .deserialize(form.write(message, Optional.empty()).event().toArray());
    }

    private static JsonNode data(CloudEvent event) throws IOException {
        return new ObjectMapper()
                .readTree(Objects.requireNonNull(event.getData()).toBytes());
    }
}
