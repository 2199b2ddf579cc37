package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.PolicyName;
import io.muster.core.device.Thing;
import io.muster.core.device.ThingPolicy;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Policies with a name, and what names them. The testkit's policies and templates are in a few words.
final class NamedPolicyOperationsTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String POLICIES = TENANT + "/aws-policies";
    private static final String PUMPS = POLICIES + "/Pumps_v1";

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
        desk.policies().clear();
        desk.ledger().clear();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post("/api/v1/tenants", "{\"name\":\"other\"}");
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static Operator.Answer create(String name, String resource) {
        return operator.post(
                POLICIES, "{\"name\":\"" + name + "\"," + document(resource).substring(1));
    }

    private static String document(String resource) {
        return "{\"document\":{\"allow\":[\"" + resource + "\"]}}";
    }

    private static String things(String template) {
        return "{\"name\":\"things\",\"kind\":\"group\",\"proof\":{\"claims\":{}},\"template\":" + template
                + ",\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}}";
    }

    private static String at(Operator.Answer refused) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        return refused.json().getJsonArray("errors").getJsonObject(0).getString("at");
    }

    @Test
    void a_policy_is_created_shown_changed_and_deleted() {
        var created = create("Pumps_v1", "topic/a");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.raw().headers().firstValue("Location")).contains(PUMPS);
        assertThat(created.json())
                .isEqualTo(new JsonObject()
                        .put("name", "Pumps_v1")
                        .put("tenant", "acme")
                        .put("version", 1)
                        .put("document", new JsonObject().put("allow", new JsonArray().add("topic/a"))));
        assertThat(operator.get(PUMPS).json()).isEqualTo(created.json());
        assertThat(create("Pumps_v1", "topic/b").status()).isEqualTo(409);

        var changed = operator.patch(PUMPS, document("topic/b"), "If-Match", "\"1\"");
        assertThat(changed.json().getInteger("version")).isEqualTo(2);
        assertThat(operator.patch(PUMPS, document("topic/c"), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(operator.patch(PUMPS, document("topic/b")).json().getInteger("version"))
                .as("the same again changes nothing")
                .isEqualTo(2);

        assertThat(operator.delete(PUMPS).json().getInteger("version")).isEqualTo(2);
        assertThat(operator.get(PUMPS).status()).isEqualTo(404);
    }

    @Test
    void what_is_no_policy_or_no_name_is_refused_with_its_place() {
        assertThat(at(operator.post(POLICIES, "{\"name\":\"pumps\",\"document\":{\"allow\":[]}}")))
                .isEqualTo("/document/allow");
        create("Pumps_v1", "topic/a");
        assertThat(at(operator.patch(PUMPS, "{\"document\":{\"allow\":[]}}"))).isEqualTo("/document/allow");
        for (String name : List.of(".", "..", "a b", "a/b", "", "a".repeat(129))) {
            assertThat(create(name, "topic/a").status()).as(name).isEqualTo(400);
        }
        for (String name : List.of("a+b=c,d.e@f-g_h", "...", "a".repeat(128))) {
            String place = create(name, "topic/a")
                    .raw()
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(operator.get(place).json().getString("name")).isEqualTo(name);
        }
    }

    @Test
    void policies_come_in_pages_and_are_each_tenants_own() {
        create("b", "topic/a");
        create("a", "topic/a");
        var first = operator.get(POLICIES + "?limit=1").json();
        assertThat(first.getJsonArray("items").getJsonObject(0).getString("name"))
                .isEqualTo("a");
        assertThat(operator.get(POLICIES + "?limit=1&cursor=" + first.getString("next"))
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("b");
        assertThat(operator.get("/api/v1/tenants/other/aws-policies").json().getJsonArray("items"))
                .isEmpty();
        assertThat(operator.get("/api/v1/tenants/other/aws-policies/a").status())
                .isEqualTo(404);
    }

    @Test
    void a_template_that_names_a_policy_is_taken_when_the_policy_is_there_and_keeps_it_there() {
        String enrollments = TENANT + "/enrollments";
        String naming = "{\"thing\":\"SerialNumber\",\"named\":\"Pumps_v1\"}";
        var refused = operator.post(enrollments, things(naming));
        assertThat(at(refused)).isEqualTo("/template/named");
        assertThat(refused.json().getString("remedy")).contains("muster policy create Pumps_v1");

        create("Pumps_v1", "topic/a");
        assertThat(operator.post(enrollments, things(naming)).status()).isEqualTo(201);
        assertThat(at(operator.patch(enrollments + "/things", "{\"template\":" + naming.replace("v1", "v2") + "}")))
                .isEqualTo("/template/named");
        var needed = operator.delete(PUMPS);
        assertThat(needed.status()).isEqualTo(422);
        assertThat(needed.text()).contains("Policy Pumps_v1 is needed by enrollments things");
        operator.patch(enrollments + "/things", "{\"template\":{\"thing\":\"SerialNumber\"}}");
        assertThat(operator.delete(PUMPS).status()).isEqualTo(200);
    }

    @Test
    void a_template_that_is_tried_shows_what_its_named_policies_say_now_or_fails_without_them() {
        String body =
                "{\"template\":{\"thing\":\"Id\",\"named\":\"Pumps_v1\"},\"sample\":{\"parameters\":{\"Id\":\"p\"}}}";
        var fails = operator.post(TENANT + "/template/test", body)
                .json()
                .getJsonObject("outcome")
                .getJsonObject("fails");
        assertThat(fails.getString("at")).isEqualTo("/named");
        assertThat(fails.getString("detail")).isEqualTo("There is no policy Pumps_v1.");

        create("Pumps_v1", "topic/a");
        operator.patch(PUMPS, document("topic/b"));
        var policies = operator.post(TENANT + "/template/test", body)
                .json()
                .getJsonObject("outcome")
                .getJsonObject("makes")
                .getJsonArray("policies");
        assertThat(policies)
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("PolicyName", "Pumps_v1")
                                .put("version", 2)
                                .put("PolicyDocument", new JsonObject().put("allow", new JsonArray().add("topic/b")))));
    }

    @Test
    void two_templates_that_name_different_policies_differ_by_the_names() {
        create("Pumps_v1", "topic/a");
        create("Pumps_v2", "topic/a");
        operator.post(TENANT + "/enrollments", things("{\"thing\":\"Id\",\"named\":\"Pumps_v1\"}"));
        var items = operator.post(
                        TENANT + "/template/diff",
                        "{\"enrollment\":\"things\",\"template\":{\"thing\":\"Id\",\"named\":\"Pumps_v2\"},"
                                + "\"samples\":[{\"parameters\":{\"Id\":\"p\"}}]}")
                .json()
                .getJsonArray("items");
        assertThat(items.getJsonObject(0).getJsonArray("differences"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("member", "policies.1.name")
                                .put("before", "Pumps_v1")
                                .put("after", "Pumps_v2")));
    }

    @Test
    void a_device_is_judged_by_what_its_policy_says_now_and_by_nothing_once_it_is_gone() {
        Thing thing = new Thing(
                Map.of(), List.of(), Optional.empty(), List.of(new ThingPolicy.Named(new PolicyName("Pumps_v1"))));
        desk.ledger().holds(Samples.made(Samples.device("pump-1", "eu"), thing));
        assertThat(operator.get(TENANT + "/devices/pump-1")
                        .json()
                        .getJsonObject("thing")
                        .getJsonArray("policies"))
                .isEqualTo(new JsonArray().add(new JsonObject().put("PolicyName", "Pumps_v1")));

        create("Pumps_v1", "topic/a");
        JsonObject allowed = publishes("a");
        assertThat(allowed.getString("summary")).isEqualTo("It is allowed, by statement 1 of policy Pumps_v1 (lets).");
        assertThat(allowed.getJsonArray("statements").getJsonObject(0).getString("name"))
                .isEqualTo("Pumps_v1");
        operator.patch(PUMPS, document("topic/b"));
        assertThat(publishes("a").getString("decision")).isEqualTo("notAllowed");
        assertThat(publishes("b").getString("decision")).isEqualTo("allowed");
        operator.delete(PUMPS);
        JsonObject gone = publishes("b");
        assertThat(gone.getString("decision")).isEqualTo("policyMissing");
        assertThat(gone.getString("summary")).contains("there is no policy Pumps_v1");
    }

    private static JsonObject publishes(String topic) {
        return operator.post(
                        TENANT + "/policy/aws-simulate",
                        "{\"device\":\"pump-1\",\"action\":\"publish\",\"topic\":\"" + topic + "\"}")
                .json();
    }
}
