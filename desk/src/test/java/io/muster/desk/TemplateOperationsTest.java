package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Templates of enrollments: their versions, and trying them. The testkit's templates are in a few words.
final class TemplateOperationsTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String TEST = TENANT + "/template/test";
    private static final String DIFF = TENANT + "/template/diff";
    private static final String SAMPLE = "{\"parameters\":{\"SerialNumber\":\"P-7\"},\"certificateId\":\"c-1\"}";

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
        desk.itIs(Samples.NOW);
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post(
                TENANT + "/enrollments",
                enrollment("things", "\"claims\":{}", ",\"template\":{\"thing\":\"SerialNumber\",\"version\":\"1\"}"));
        operator.post(TENANT + "/enrollments", enrollment("meters", "\"symmetricKey\":{}", ""));
        operator.post(
                TENANT + "/enrollments",
                enrollment(
                        "born",
                        "\"x509\":{\"caCertificates\":\"CA one\"}",
                        ",\"template\":{\"thing\":\"AWS::IoT::Certificate::CommonName\"},\"admission\":\"approval\""));
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static String enrollment(String name, String proof, String more) {
        return "{\"name\":\"" + name + "\",\"kind\":\"group\",\"proof\":{" + proof + "},"
                + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}" + more + "}";
    }

    private static JsonObject outcome(String body) {
        var answer = operator.post(TEST, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonObject("outcome");
    }

    @Test
    void a_template_tells_what_it_makes_of_a_device() {
        var answer = operator.post(TEST, "{\"enrollment\":\"things\",\"sample\":" + SAMPLE + "}");
        JsonObject makes = answer.json().getJsonObject("outcome").getJsonObject("makes");

        assertThat(answer.json().getJsonObject("enrollment"))
                .isEqualTo(new JsonObject().put("name", "things").put("version", 1));
        assertThat(makes.getJsonObject("thing"))
                .isEqualTo(new JsonObject()
                        .put("name", "P-7")
                        .put("type", "pump")
                        .put("attributes", new JsonObject().put("version", "1"))
                        .put("groups", new JsonArray().add("all")));
        assertThat(makes.getString("certificateStatus")).isEqualTo("ACTIVE");
        assertThat(makes.getJsonObject("deviceConfiguration").getString("url")).isEqualTo("https://a.example");
        assertThat(makes.getJsonArray("policies")).isEmpty();
    }

    @Test
    void it_tells_the_place_where_it_fails_as_a_device_would_fail() {
        JsonObject missing =
                outcome("{\"enrollment\":\"things\",\"sample\":{}}").getJsonObject("fails");
        assertThat(missing.getString("at")).isEqualTo("/Parameters/SerialNumber");
        assertThat(missing.getString("detail")).contains("SerialNumber");
        assertThat(missing.getString("remedy")).isNotEmpty();
        for (String policy : List.of("\"named\":\"Pumps\"", "\"policy\":{\"allow\":[]}")) {
            JsonObject fails = outcome(
                            "{\"template\":{\"thing\":\"SerialNumber\"," + policy + "},\"sample\":" + SAMPLE + "}")
                    .getJsonObject("fails");
            assertThat(fails.getString("at")).as(policy).startsWith("/");
        }
    }

    @Test
    void a_template_of_nobody_yet_is_tried_by_its_kind_or_as_an_enrollments_next_one() {
        assertThat(outcome("{\"template\":{\"thing\":\"SerialNumber\",\"policy\":{\"allow\":[\"topic/a\"]}},\"sample\":"
                                + SAMPLE + "}")
                        .getJsonObject("makes")
                        .getJsonArray("policies"))
                .hasSize(1);
        String born = "{\"template\":{\"thing\":\"AWS::IoT::Certificate::CommonName\"},\"kind\":\"jitp\","
                + "\"sample\":{\"subject\":{\"CommonName\":\"pump-9\"}}}";
        assertThat(outcome(born).getJsonObject("makes").getJsonObject("thing").getString("name"))
                .isEqualTo("pump-9");
        assertThat(outcome("{\"enrollment\":\"things\",\"template\":{\"thing\":\"Id\",\"version\":\"2\"},"
                                + "\"sample\":{\"parameters\":{\"Id\":\"x\"}}}")
                        .getJsonObject("makes")
                        .getJsonObject("thing")
                        .getString("name"))
                .isEqualTo("x");
    }

    @Test
    void what_is_no_template_is_refused_with_its_place() {
        for (String body : List.of(
                "{\"template\":{\"version\":\"1\"},\"sample\":{}}",
                "{\"enrollment\":\"things\",\"template\":{\"version\":\"1\"},\"sample\":{}}")) {
            var answer = operator.post(TEST, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("at"))
                    .isEqualTo("/template/thing");
        }
        for (String body : List.of(
                "{\"sample\":{}}",
                "{\"enrollment\":\"things\",\"kind\":\"fleet\",\"sample\":{}}",
                "{\"enrollment\":\"things\",\"sample\":{\"parameters\":{\"n\":1}}}",
                "{\"enrollment\":\"things\",\"sample\":{\"subject\":{\"Planet\":\"Earth\"}}}")) {
            assertThat(operator.post(TEST, body).status()).as(body).isEqualTo(400);
        }
        assertThat(operator.post(TEST, "{\"enrollment\":\"nobody\",\"sample\":{}}")
                        .status())
                .isEqualTo(404);
        var none = operator.post(TEST, "{\"enrollment\":\"meters\",\"sample\":{}}");
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.json().getString("detail")).contains("has no template");
    }

    @Test
    void two_templates_are_compared_for_given_samples() {
        JsonObject difference = operator.post(
                        DIFF,
                        "{\"enrollment\":\"things\",\"template\":{\"thing\":\"Id\",\"version\":\"2\"},\"samples\":["
                                + "{\"parameters\":{\"SerialNumber\":\"a\",\"Id\":\"a\"}},"
                                + "{\"parameters\":{\"SerialNumber\":\"b\"}},"
                                + "{\"parameters\":{\"Id\":\"c\"}},{}]}")
                .json();
        JsonArray items = difference.getJsonArray("items");

        assertThat(difference.getString("summary")).isEqualTo("The new template makes 4 of 4 samples otherwise.");
        assertThat(items.getJsonObject(0).getJsonArray("differences"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("member", "thing.attributes.version")
                                .put("before", "1")
                                .put("after", "2")));
        assertThat(items.getJsonObject(1).containsKey("before")).isFalse();
        assertThat(items.getJsonObject(1).getJsonObject("after").getString("detail"))
                .contains("Id");
        assertThat(items.getJsonObject(2).getJsonObject("before").getString("detail"))
                .contains("SerialNumber");
        assertThat(items.getJsonObject(3).getJsonArray("differences")).isEmpty();
    }

    @Test
    void the_same_template_differs_in_nothing() {
        JsonObject difference = operator.post(
                        DIFF,
                        "{\"enrollment\":\"things\",\"template\":{\"thing\":\"SerialNumber\",\"version\":\"1\"},"
                                + "\"samples\":[" + SAMPLE + ",{}]}")
                .json();
        assertThat(difference.getInteger("same")).isEqualTo(2);
        assertThat(difference.getJsonArray("items")).isEmpty();
        assertThat(operator.post(DIFF, "{\"enrollment\":\"meters\",\"template\":{\"thing\":\"a\"},\"samples\":[{}]}")
                        .status())
                .isEqualTo(422);
        assertThat(operator.post(DIFF, "{\"enrollment\":\"things\",\"template\":{\"thing\":\"a\"},\"samples\":[]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_templates_versions_are_its_enrollments_and_one_goes_back_by_a_change() {
        String things = TENANT + "/enrollments/things";
        operator.patch(things, "{\"template\":{\"thing\":\"SerialNumber\",\"version\":\"2\"}}");
        JsonObject first = operator.get(things + "/versions/1").json();
        assertThat(first.getInteger("version")).isEqualTo(1);
        assertThat(first.getJsonObject("template").getString("version")).isEqualTo("1");
        assertThat(operator.get(things + "/versions/2").json())
                .isEqualTo(operator.get(things).json());

        operator.patch(
                things,
                new JsonObject()
                        .put("template", first.getJsonObject("template"))
                        .encode());
        assertThat(operator.get(things + "/versions/3").json().getJsonObject("template"))
                .isEqualTo(first.getJsonObject("template"));
        assertThat(operator.get(things + "/versions/4").status()).isEqualTo(404);
        assertThat(operator.get(things + "/versions/0").status()).isEqualTo(400);
        assertThat(operator.get(TENANT + "/enrollments/nobody/versions/1").status())
                .isEqualTo(404);
    }

    @Test
    void an_enrollment_that_takes_claims_keeps_a_template_and_one_of_an_authority_may_do_without() {
        String things = TENANT + "/enrollments/things";
        assertThat(operator.post(TENANT + "/enrollments", enrollment("bare", "\"claims\":{}", ""))
                        .json()
                        .getJsonArray("errors")
                        .getJsonObject(0)
                        .getString("at"))
                .isEqualTo("/template");
        assertThat(operator.patch(things, "{\"template\":null}").status()).isEqualTo(400);
        assertThat(operator.patch(TENANT + "/enrollments/meters", "{\"template\":{\"thing\":\"a\"}}")
                        .status())
                .isEqualTo(400);
        JsonObject born = operator.patch(TENANT + "/enrollments/born", "{\"template\":null,\"admission\":\"at_once\"}")
                .json();
        assertThat(born.containsKey("template")).isFalse();
        assertThat(born.getString("admission")).isEqualTo("at_once");
    }
}
