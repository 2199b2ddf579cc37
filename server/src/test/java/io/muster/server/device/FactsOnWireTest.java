package io.muster.server.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.SasToken;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.server.testkit.AzureSdk;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.DeviceContext;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import io.muster.server.testkit.SdkIdentities;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What devices say of themselves is held against a schema before it is believed, whichever door it comes by.
class FactsOnWireTest {

    private static final String SCHEMA = """
            {"type":"object","required":["type"],"properties":{
              "type":{"enum":["pump","valve"]},"firmware":{"type":"string","pattern":"^[0-9]+[.][0-9]+$"}}}""";
    private static final ObjectMapper JSON = new ObjectMapper();

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");

    @Test
    void a_device_of_azures_is_believed_what_fits_and_what_its_operator_says() throws Exception {
        String key = ACME.sharesKeyInBase64(
                "pumps",
                "--facts-schema",
                ACME.file("pumps.json", SCHEMA),
                "--set-facts",
                "{\"site\":\"north\"}",
                "--searchable",
                "/site");
        AzureSdk sdk = AzureSdk.trusting(HOUSE.target(ACME.scope()));

        Throwable refused = catchThrowable(() -> sdk.register(
                SdkIdentities.derivedKey("pump-1", key), Optional.of("{\"type\":\"boat-s3cr3t\",\"site\":\"south\"}")));
        assertThat(refused).hasStackTraceContaining("facts_refused").hasStackTraceContaining("400212");
        JsonNode why = ACME.why("pump-1");
        assertThat(why.path("code").asText()).isEqualTo("facts_refused");
        assertThat(why.toString())
                .contains("/type", "/properties/type/enum")
                .doesNotContain("s3cr3t")
                .doesNotContain("south");

        sdk.register(SdkIdentities.derivedKey("pump-1", key), Optional.of("{\"type\":\"pump\",\"site\":\"south\"}"));
        assertThat(ACME.device("pump-1").path("payload"))
                .isEqualTo(JSON.readTree("{\"type\":\"pump\",\"site\":\"north\"}"));
        assertThat(ACME.asks("device", "list", "--fact", "/site=north").path("items"))
                .hasSize(1);
        assertThat(ACME.asks(
                                "policy",
                                "test",
                                "--attempt",
                                why.path("attemptId").asText())
                        .path("repeatable")
                        .asBoolean())
                .isTrue();
        String sample =
                ACME.file("sample.json", "{\"registrationId\":\"pump-2\",\"proof\":\"assumed\",\"payload\":{}}");
        assertThat(ACME.asks("policy", "test", "--enrollment", "pumps", "--sample", sample)
                        .at("/now/code")
                        .asText())
                .isEqualTo("facts_refused");
    }

    @Test
    void the_native_door_holds_facts_against_the_schema_too() throws Exception {
        GroupKey key = ACME.sharesKey("valves", "--facts-schema", ACME.file("valves.json", SCHEMA));
        SymmetricDevice device = key.make("valve-1");

        HttpResponse<String> refused = enrolls(device, "{\"type\":\"valve\",\"firmware\":\"latest\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(refused.body()).path("code").asText()).isEqualTo("facts_refused");
        assertThat(refused.body()).doesNotContain("/properties").doesNotContain("latest");
        assertThat(enrolls(device, "{\"type\":\"valve\",\"firmware\":\"2.1\"}").statusCode())
                .isEqualTo(200);
        assertThat(enrolls(device, "{\"type\":\"" + "x".repeat(1024 * 1024) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(enrolls(device, "[".repeat(100) + "]".repeat(100)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_schema_that_is_not_taken_is_refused_at_the_desk_with_its_place() {
        String file = ACME.file("wrong.json", "{\"properties\":{\"a\":{\"pattern\":\"(?=a)\"}}}");
        Operator.Said said = HOUSE.operator()
                .tries(
                        "enrollment",
                        "create",
                        "wrong",
                        "--symmetric-key",
                        "--facts-schema",
                        file,
                        "--tenant",
                        ACME.scope());
        assertThat(said.code()).isNotZero();
        assertThat(said.toString()).contains("/factsSchema/properties/a/pattern");
    }

    @Test
    void a_change_of_the_schema_tells_whom_it_would_refuse() throws Exception {
        GroupKey key = ACME.sharesKey("gates");
        enrolls(key.make("gate-1"), "{\"type\":\"gate\"}");
        enrolls(key.make("gate-2"), "{\"type\":\"pump\"}");
        String change = ACME.file("change.json", JSON.writeValueAsString(Map.of("factsSchema", JSON.readTree(SCHEMA))));
        assertThat(HOUSE.operator()
                        .tries("policy", "diff", "--enrollment", "gates", "--change", change, "--tenant", ACME.scope())
                        .out())
                .contains("This flips 1 of 2 attempts.", "facts_refused", "gate-1");
    }

    private static HttpResponse<String> enrolls(SymmetricDevice device, String facts) throws Exception {
        var target = HOUSE.target(ACME.scope());
        String token = device.token(
                        SasToken.Dialect.JAVA, ACME.scope(), Instant.now().plusSeconds(600))
                .substring("SharedAccessSignature ".length());
        String body = "{\"tenant\":\"%s\",\"registrationId\":\"%s\",\"sharedAccessSignature\":\"%s\",\"payload\":%s}"
                .formatted(ACME.scope(), device.registrationId(), token, facts);
        URI place = target.base().resolve("/enroll");
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(DeviceContext.of(target, device))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(place)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
