package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Name;
import io.muster.core.door.AttemptId;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PolicyOperationsTest {

    private static final String TEST = "/api/v1/tenants/acme/policy/test";
    private static final String DIFF = "/api/v1/tenants/acme/policy/diff";
    private static final Name PUMPS = new Name("pumps");

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
        desk.past().clear();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post(
                "/api/v1/tenants/acme/hubs",
                "{\"name\":\"eu-1\",\"region\":\"eu\",\"endpoint\":\"mqtts://eu-1.example.com:8883\"}");
        operator.post(
                "/api/v1/tenants/acme/enrollments",
                "{\"name\":\"pumps\",\"kind\":\"group\",\"proof\":{\"symmetricKey\":{}},\"allocation\":{\"policy\":\"hashed\",\"hubs\":[\"eu-1\"]}}");
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    @Test
    void a_sample_is_told_its_decision_and_each_check() {
        JsonObject now = post(
                        TEST,
                        "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"p-1\",\"proof\":\"assumed\"}}")
                .getJsonObject("now");
        assertThat(now.getString("outcome")).isEqualTo("accepted");
        assertThat(now.getString("code")).isEqualTo("initial");
        assertThat(now.getString("hub")).isEqualTo("eu-1");
        assertThat(now.getJsonArray("checks").size()).isGreaterThan(3);
    }

    @Test
    void a_recorded_attempt_is_decided_by_then_and_by_now() {
        AttemptId attempt = desk.past().came("p-1", PUMPS);
        JsonObject tested = post(TEST, "{\"attempt\":\"" + attempt + "\"}");
        assertThat(tested.getBoolean("repeatable")).isTrue();
        assertThat(tested.getJsonObject("recorded").getString("code")).isEqualTo("initial");
        assertThat(tested.getJsonObject("then").getString("code")).isEqualTo("initial");
        assertThat(operator.post(TEST, "{\"attempt\":\"0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_change_is_told_what_it_flips_and_changes_nothing() {
        for (int i = 0; i < 3; i++) {
            desk.past().came("p-" + i, PUMPS);
        }
        JsonObject difference = post(DIFF, "{\"enrollment\":\"pumps\",\"change\":{\"enabled\":false},\"limit\":2}");
        assertThat(difference.getString("summary")).isEqualTo("This flips 3 of 3 attempts.");
        assertThat(difference.getInteger("flips")).isEqualTo(3);
        assertThat(difference.getJsonArray("items")).hasSize(2);
        JsonObject first = difference.getJsonArray("items").getJsonObject(0);
        assertThat(first.getJsonObject("from").getString("code")).isEqualTo("initial");
        assertThat(first.getJsonObject("to").getString("code")).isEqualTo("enrollment_disabled");
        assertThat(first.getString("rule")).contains("pumps");
        assertThat(operator.get("/api/v1/tenants/acme/enrollments/pumps").json().getBoolean("enabled"))
                .isTrue();
        assertThat(post(
                                DIFF,
                                "{\"enrollment\":\"pumps\",\"change\":{\"type\":\"pump\"},\"since\":\"2099-01-01T00:00:00Z\"}")
                        .getInteger("attempts"))
                .isZero();
    }

    @Test
    void hostile_samples_and_changes_are_refused_with_their_place() {
        String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
        for (String body : List.of(
                "{}",
                "[]",
                "{\"enrollment\":\"pumps\"}",
                "{\"sample\":{\"registrationId\":\"p-1\",\"proof\":\"assumed\"}}",
                "{\"attempt\":\"0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10\",\"enrollment\":\"pumps\"}",
                "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"p-1\"}}",
                "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"../p\",\"proof\":\"assumed\"}}",
                "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"p-1\",\"proof\":\"believed\"}}",
                sampleAsking("no PEM"),
                sampleAsking(framed("bm90IG9uZQ==")),
                sampleAsking(framed("A")),
                "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"p-1\",\"certificates\":\"no PEM\"}}",
                "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"p-1\",\"proof\":\"assumed\",\"payload\":"
                        + deep + "}}",
                "{\"enrollment\":\"pumps\",\"sample\":{\"registrationId\":\"p-1\",\"proof\":\"assumed\",\"x\":1}}")) {
            assertThat(operator.post(TEST, body).status()).as(body).isEqualTo(400);
        }
        for (String body : List.of(
                "{\"enrollment\":\"pumps\",\"change\":{}}",
                "{\"enrollment\":\"pumps\",\"change\":{\"enabled\":false},\"limit\":2147483648}",
                "{\"enrollment\":\"pumps\",\"change\":{\"enabled\":false},\"since\":\"yesterday\"}",
                "{\"enrollment\":\"pumps\",\"change\":{\"enabled\":false},\"cursor\":\"abcd\"}",
                "{\"enrollment\":\"pumps\",\"change\":{\"proof\":{\"symmetricKey\":{}}}}")) {
            assertThat(operator.post(DIFF, body).status()).as(body).isEqualTo(400);
        }
        assertThat(operator.post(DIFF, "{\"enrollment\":\"gates\",\"change\":{\"enabled\":false}}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_sample_may_bring_a_certificate_request() {
        JsonObject now = post(TEST, sampleAsking(framed("UkVRVUVTVA=="))).getJsonObject("now");
        assertThat(now.getString("code")).isEqualTo("initial");
        assertThat(now.getJsonArray("checks").encode()).contains("request_within_profile", "certificate_due");
    }

    private static String sampleAsking(String request) {
        return new JsonObject()
                .put("enrollment", "pumps")
                .put(
                        "sample",
                        new JsonObject()
                                .put("registrationId", "p-1")
                                .put("proof", "assumed")
                                .put("certificateRequest", request))
                .encode();
    }

    private static String framed(String base64) {
        return "-----BEGIN CERTIFICATE REQUEST-----\n" + base64 + "\n-----END CERTIFICATE REQUEST-----\n";
    }

    private static JsonObject post(String path, String body) {
        var answer = operator.post(path, body);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
