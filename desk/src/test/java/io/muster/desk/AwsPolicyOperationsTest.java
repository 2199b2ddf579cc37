package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Json;
import io.muster.core.device.Thing;
import io.muster.core.device.ThingPolicy;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The testkit's policies are in a few words: which resources they allow and deny, whatever the action.
final class AwsPolicyOperationsTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String SIMULATE = TENANT + "/policy/aws-simulate";
    private static final Thing THING = new Thing(
            Map.of("site", "north"),
            List.of("pumps"),
            Optional.of("plant"),
            List.of(
                    new ThingPolicy.Written(
                            new Json("{\"allow\":[\"client/${iot:Connection.Thing.ThingName}\",\"topic/t/*\"]}")),
                    new ThingPolicy.Written(new Json("{\"deny\":[\"topic/t/secret\"],"
                            + "\"allow\":[\"topicfilter/${iot:Certificate.Subject.CommonName}\"]}"))));

    private static OpenDesk desk;
    private static Operator operator;

    @BeforeAll
    static void open() {
        desk = new OpenDesk();
        operator = desk.operator();
    }

    @BeforeEach
    void begin() {
        desk.roster().clear();
        desk.ledger().clear();
        desk.certificates().clear();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        desk.ledger().holds(Samples.made(Samples.certified(Samples.device("pump-1", "eu"), 1), THING));
        desk.ledger().holds(Samples.device("pump-2", "eu"));
        desk.certificates().holds(Samples.certificate("pump-1", 1));
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static JsonObject simulated(String body) {
        var answer = operator.post(SIMULATE, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String ofDevice(String more) {
        return "{\"device\":\"pump-1\"," + more + "}";
    }

    private static String document(String more) {
        return "{\"document\":{\"allow\":[\"client/a\",\"topic/${iot:ClientId}\"]}," + more + "}";
    }

    @Test
    void what_a_devices_policies_allow_and_deny_is_told_with_every_statement() {
        JsonObject allowed = simulated(ofDevice("\"action\":\"publish\",\"topic\":\"t/x\""));
        assertThat(allowed.getString("decision")).isEqualTo("allowed");
        assertThat(allowed.getString("summary")).isEqualTo("It is allowed, by statement 2 of policy 1 (lets).");
        assertThat(allowed.getString("action")).isEqualTo("iot:Publish");
        assertThat(allowed.getString("resource")).isEqualTo("topic/t/x");
        assertThat(allowed.getJsonArray("statements")).hasSize(4);
        assertThat(allowed.getJsonArray("statements").getJsonObject(1).getString("result"))
                .isEqualTo("applies");
        assertThat(allowed.getJsonArray("statements").getJsonObject(2).getString("words"))
                .contains("other resources");

        assertThat(simulated(ofDevice("\"action\":\"receive\",\"topic\":\"t/secret\""))
                        .getString("decision"))
                .isEqualTo("deniedExplicitly");
        assertThat(simulated(ofDevice("\"action\":\"retainPublish\",\"topic\":\"elsewhere\""))
                        .getString("decision"))
                .isEqualTo("notAllowed");
    }

    @Test
    void variables_come_from_the_device_its_newest_certificate_and_the_request() {
        JsonObject connects = simulated(ofDevice("\"action\":\"connect\",\"source\":\"192.0.2.7\""));
        JsonObject variables = connects.getJsonObject("variables");
        assertThat(connects.getString("decision")).isEqualTo("allowed");
        assertThat(connects.getString("resource")).isEqualTo("client/site-pump-1");
        assertThat(variables.getString("iot:Connection.Thing.ThingName")).isEqualTo("site-pump-1");
        assertThat(variables.getString("iot:Connection.Thing.Attributes[site]")).isEqualTo("north");
        assertThat(variables.getString("aws:SourceIp")).isEqualTo("192.0.2.7");
        assertThat(variables.getString("iot:CertificateId")).isEqualTo(Samples.CERTIFICATE.sha256());
        assertThat(variables.getString("iot:Certificate.SerialNumber"))
                .isEqualTo(Samples.serial(1).toString());
        assertThat(simulated(ofDevice("\"action\":\"subscribe\",\"topic\":\"sample\""))
                        .getString("decision"))
                .as("the common name of the certificate that was issued")
                .isEqualTo("allowed");
        assertThat(simulated(ofDevice(
                                "\"action\":\"subscribe\",\"topic\":\"other\",\"subject\":{\"CommonName\":\"other\"}"))
                        .getString("decision"))
                .isEqualTo("allowed");

        JsonObject stranger = simulated(ofDevice("\"action\":\"connect\",\"clientId\":\"somebody\""));
        assertThat(stranger.getString("decision")).isEqualTo("notAllowed");
        assertThat(stranger.getJsonObject("variables").getString("iot:Connection.Thing.IsAttached"))
                .isEqualTo("false");
        assertThat(stranger.getJsonArray("statements").getJsonObject(0).getString("result"))
                .isEqualTo("notInDoubt");
    }

    @Test
    void a_document_is_tried_before_any_device_has_it() {
        assertThat(simulated(document("\"action\":\"connect\",\"clientId\":\"a\""))
                        .getString("decision"))
                .isEqualTo("allowed");
        assertThat(simulated(document("\"action\":\"publish\",\"topic\":\"a\",\"clientId\":\"a\""))
                        .getString("decision"))
                .isEqualTo("allowed");
        assertThat(simulated(document("\"action\":\"publish\",\"topic\":\"a\"")).getString("decision"))
                .isEqualTo("notAllowed");
    }

    @Test
    void what_cannot_be_asked_is_told_with_its_place() {
        Map.of(
                        document("\"action\":\"connect\""),
                        "/clientId",
                        document("\"action\":\"connect\",\"clientId\":\"a\",\"topic\":\"a\""),
                        "/topic",
                        document("\"action\":\"publish\""),
                        "/topic",
                        document("\"action\":\"publish\",\"topic\":\"a\",\"source\":\"a.example\""),
                        "/source",
                        "{\"document\":{\"allow\":[]},\"action\":\"publish\",\"topic\":\"a\"}",
                        "/document/allow",
                        "{\"action\":\"publish\",\"topic\":\"a\"}",
                        "",
                        document("\"device\":\"pump-1\",\"action\":\"publish\",\"topic\":\"a\""),
                        "")
                .forEach((body, at) -> {
                    var answer = operator.post(SIMULATE, body);
                    assertThat(answer.status()).as(body).isEqualTo(400);
                    assertThat(answer.json()
                                    .getJsonArray("errors")
                                    .getJsonObject(0)
                                    .getString("at"))
                            .as(body)
                            .isEqualTo(at);
                });
        assertThat(operator.post(SIMULATE, ofDevice("\"action\":\"fly\"")).status())
                .isEqualTo(400);
        assertThat(operator.post(
                                SIMULATE,
                                ofDevice("\"action\":\"publish\",\"topic\":\"x\"")
                                        .replace("pump-1", "pump-9"))
                        .status())
                .isEqualTo(404);
        var none = operator.post(
                SIMULATE, ofDevice("\"action\":\"publish\",\"topic\":\"x\"").replace("pump-1", "pump-2"));
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.json().getString("detail")).contains("t/site-pump-2/");
    }

    @Test
    void a_device_shows_what_its_template_made_of_it() {
        JsonObject thing = operator.get(TENANT + "/devices/pump-1").json().getJsonObject("thing");
        assertThat(thing.getJsonObject("attributes").getString("site")).isEqualTo("north");
        assertThat(thing.getJsonArray("groups")).containsExactly("pumps");
        assertThat(thing.getString("billingGroup")).isEqualTo("plant");
        assertThat(thing.getJsonArray("policies")).hasSize(2);
        assertThat(operator.get(TENANT + "/devices/pump-2").json().containsKey("thing"))
                .isFalse();
    }
}
