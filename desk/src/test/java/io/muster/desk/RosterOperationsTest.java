package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RosterOperationsTest {

    private static final String ENROLLMENTS = "/api/v1/tenants/acme/enrollments";

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
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post("/api/v1/tenants/acme/hubs", hub("eu-1"));
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static String hub(String name) {
        return "{\"name\":\"" + name + "\",\"region\":\"eu\",\"endpoint\":\"mqtts://eu.example.com\"}";
    }

    private static String symmetric(String name) {
        return "{\"name\":\"" + name + "\",\"kind\":\"group\",\"proof\":{\"symmetricKey\":{}},"
                + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[\"eu-1\"]}}";
    }

    private Enrollment stored(String name) {
        return desk.roster().enrollment(new Name("acme"), new Name(name)).orElseThrow();
    }

    @Test
    void a_tenant_is_created_shown_and_listed() {
        var created = operator.post("/api/v1/tenants", "{\"name\":\"123\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.raw().headers().firstValue("Location")).contains("/api/v1/tenants/123");
        assertThat(operator.get("/api/v1/tenants/123").json().getString("idScope"))
                .isEqualTo("123");
        assertThat(operator.get("/api/v1/tenants").json().getJsonArray("items")).hasSize(2);
        assertThat(desk.roster().actors()).containsOnly("bootstrap");
    }

    @Test
    void a_name_is_taken_once() {
        assertThat(operator.post("/api/v1/tenants", "{\"name\":\"acme\"}").code())
                .isEqualTo("already_exists");
        assertThat(operator.post("/api/v1/tenants/acme/hubs", hub("eu-1")).code())
                .isEqualTo("already_exists");
        operator.post(ENROLLMENTS, symmetric("meters"));
        assertThat(operator.post(ENROLLMENTS, symmetric("meters")).status()).isEqualTo(409);
    }

    @Test
    void what_is_not_there_is_not_found() {
        for (String path : List.of(
                "/api/v1/tenants/nobody",
                "/api/v1/tenants/nobody/hubs",
                "/api/v1/tenants/acme/hubs/us-1",
                ENROLLMENTS + "/pumps",
                "/api/v1/tenants/acme/devices/pump-1",
                "/api/v1/tenants/acme/devices/pump-1/attempts",
                "/api/v1/tenants/acme/attempts/00000000-0000-0000-0000-000000000000")) {
            var answer = operator.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.json().getString("remedy")).isNotBlank();
        }
    }

    @Test
    void a_hub_tells_its_devices_the_host_of_its_endpoint() {
        var hub = operator.get("/api/v1/tenants/acme/hubs/eu-1").json();
        assertThat(hub.getString("assignedHub")).isEqualTo("eu.example.com");
        assertThat(hub.getString("endpoint")).isEqualTo("mqtts://eu.example.com:8883");
        assertThat(hub.getInteger("weight")).isEqualTo(1);
    }

    @Test
    void an_endpoint_that_is_none_is_refused() {
        for (String endpoint :
                List.of("mqtts://", "mqtts://a b", "mqtts://host:99999", "mqtts://u:p@host", "ftp://host")) {
            var answer = operator.post(
                    "/api/v1/tenants/acme/hubs",
                    "{\"name\":\"x\",\"region\":\"eu\",\"endpoint\":\"" + endpoint + "\"}");
            assertThat(answer.code()).as(endpoint).isEqualTo("invalid_request");
        }
    }

    @Test
    void made_keys_are_shown_when_they_are_made_and_never_again() {
        var proof = operator.post(ENROLLMENTS, symmetric("meters")).json().getJsonObject("proof");
        String primary = proof.getJsonObject("symmetricKey").getString("primaryKey");
        String secondary = proof.getJsonObject("symmetricKey").getString("secondaryKey");
        assertThat(Base64.getDecoder().decode(primary)).hasSize(32);
        assertThat(primary).isNotEqualTo(secondary);
        for (String path : List.of(ENROLLMENTS, ENROLLMENTS + "/meters")) {
            assertThat(operator.get(path).text()).doesNotContain(primary, secondary);
        }
        var changed = operator.patch(ENROLLMENTS + "/meters", "{\"enabled\":false}");
        assertThat(changed.text()).doesNotContain(primary, secondary);
    }

    @Test
    void brought_keys_are_taken_as_they_are() {
        String key = Base64.getEncoder().encodeToString(new byte[64]);
        operator.post(
                ENROLLMENTS,
                symmetric("meters")
                        .replace("\"symmetricKey\":{}", "\"symmetricKey\":{\"primaryKey\":\"" + key + "\"}"));
        assertThat(stored("meters").proof()).isInstanceOfSatisfying(Proof.SymmetricKeys.class, keys -> assertThat(
                        keys.primary().reveal())
                .isEqualTo(new byte[64]));
    }

    @Test
    void a_key_that_is_none_is_refused_and_not_repeated() {
        for (String key : List.of("c2hvcnQ=AAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAAA")) {
            var answer = operator.post(
                    ENROLLMENTS,
                    symmetric("meters")
                            .replace("\"symmetricKey\":{}", "\"symmetricKey\":{\"primaryKey\":\"" + key + "\"}"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).doesNotContain(key);
        }
    }

    @Test
    void rotation_makes_a_primary_key_and_keeps_the_last_one_as_secondary() {
        operator.post(ENROLLMENTS, symmetric("meters"));
        Proof.SymmetricKeys before = (Proof.SymmetricKeys) stored("meters").proof();
        var rotated = operator.post(ENROLLMENTS + "/meters/keys/rotate", "");
        Proof.SymmetricKeys after = (Proof.SymmetricKeys) stored("meters").proof();
        assertThat(rotated.json().getInteger("version")).isEqualTo(2);
        assertThat(after.secondary()).isEqualTo(before.primary());
        assertThat(after.primary().reveal())
                .isEqualTo(Base64.getDecoder().decode(rotated.json().getString("primaryKey")));
    }

    @Test
    void certificates_have_no_keys_to_rotate() {
        operator.post(
                ENROLLMENTS,
                symmetric("pumps").replace("{\"symmetricKey\":{}}", "{\"x509\":{\"caCertificates\":\"CA one\"}}"));
        var answer = operator.post(ENROLLMENTS + "/pumps/keys/rotate", "");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("not_possible");
    }

    @Test
    void every_version_of_an_enrollment_stays_the_newest_first() {
        operator.post("/api/v1/tenants", "{\"name\":\"versions\"}");
        String path = "/api/v1/tenants/versions/enrollments";
        operator.post(
                path,
                "{\"name\":\"pumps\",\"kind\":\"group\",\"proof\":{\"symmetricKey\":{}},"
                        + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]},\"searchable\":[\"/serial\"]}");
        operator.patch(path + "/pumps", "{\"enabled\":false}");
        operator.patch(path + "/pumps", "{\"searchable\":[\"/site/id\",\"/serial\"],\"type\":\"pump\"}");

        var first = operator.get(path + "/pumps/versions?limit=2").json();
        assertThat(first.getJsonArray("items").getJsonObject(0).getJsonArray("searchable"))
                .containsExactly("/site/id", "/serial");
        assertThat(first.getJsonArray("items").getJsonObject(1).getBoolean("enabled"))
                .isFalse();
        var last = operator.get(path + "/pumps/versions?limit=2&cursor=" + first.getString("next"))
                .json();
        assertThat(last.getJsonArray("items").getJsonObject(0).getInteger("version"))
                .isEqualTo(1);
        assertThat(last.containsKey("next")).isFalse();
        assertThat(first.encode()).doesNotContain("primaryKey");
        assertThat(operator.get(path + "/gone/versions").status()).isEqualTo(404);
        assertThat(operator.patch(path + "/pumps", "{\"searchable\":[\"serial\"]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_change_is_a_new_version_and_leaves_the_rest() {
        operator.post(
                ENROLLMENTS,
                symmetric("meters").replace("\"kind\"", "\"type\":\"meter\",\"payload\":{\"a\":1},\"kind\""));
        var changed = operator.patch(ENROLLMENTS + "/meters", "{\"keyChange\":\"allow\",\"payload\":null}");
        assertThat(changed.json().getInteger("version")).isEqualTo(2);
        assertThat(changed.json().getString("keyChange")).isEqualTo("allow");
        assertThat(changed.json().getString("type")).isEqualTo("meter");
        assertThat(changed.json().containsKey("payload")).isFalse();
        assertThat(changed.json().getJsonObject("allocation").getJsonArray("hubs"))
                .isEqualTo(new JsonArray(List.of("eu-1")));
    }

    @Test
    void the_kind_of_proof_never_changes_and_keys_are_not_set() {
        operator.post(ENROLLMENTS, symmetric("meters"));
        assertThat(operator.patch(ENROLLMENTS + "/meters", "{\"proof\":{\"x509\":{\"caCertificates\":\"CA one\"}}}")
                        .code())
                .isEqualTo("invalid_request");
        assertThat(operator.patch(ENROLLMENTS + "/meters", "{\"proof\":{\"symmetricKey\":{}}}")
                        .code())
                .isEqualTo("invalid_request");
        assertThat(stored("meters").version()).isEqualTo(1);
    }

    @Test
    void what_does_not_go_together_is_refused_with_its_place() {
        Map<String, String> places = Map.of(
                symmetric("a").replace("\"kind\":\"group\"", "\"kind\":\"individual\""), "/registrationId",
                symmetric("a").replace("\"kind\"", "\"registrationId\":\"a-1\",\"kind\""), "/registrationId",
                symmetric("a").replace("{\"symmetricKey\":{}}", "{\"x509Pinned\":{\"primary\":\"DEVICE a\"}}"),
                        "/proof/x509Pinned",
                symmetric("a").replace("{\"symmetricKey\":{}}", "{\"x509\":{\"caCertificates\":\"no PEM\"}}"),
                        "/proof/x509/caCertificates",
                symmetric("a").replace("hashed", "static").replace("\"eu-1\"", "\"eu-1\",\"eu-2\""), "/allocation/hubs",
                symmetric("a").replace("\"kind\"", "\"deviceIdTemplate\":\"no place\",\"kind\""), "/deviceIdTemplate",
                symmetric("a").replace("\"kind\"", "\"payload\":{\"a\":\"" + "x".repeat(9000) + "\"},\"kind\""),
                        "/payload");
        places.forEach((body, place) -> {
            var answer = operator.post(ENROLLMENTS, body);
            assertThat(answer.status()).as(place).isEqualTo(400);
            assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("at"))
                    .isEqualTo(place);
        });
        assertThat(operator.get(ENROLLMENTS).json().getJsonArray("items")).isEmpty();
    }

    @Test
    void a_hub_that_is_not_there_is_named() {
        var answer = operator.post(ENROLLMENTS, symmetric("meters").replace("\"eu-1\"", "\"us-1\""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().getString("detail")).contains("us-1");
    }

    @Test
    void lists_come_in_pages_that_hold_each_item_once() {
        for (int i = 1; i <= 5; i++) {
            operator.post("/api/v1/tenants", "{\"name\":\"t" + i + "\"}");
            operator.post("/api/v1/tenants/acme/hubs", hub("h" + i));
            operator.post(ENROLLMENTS, symmetric("e" + i));
        }
        assertThat(names("/api/v1/tenants")).containsExactly("acme", "t1", "t2", "t3", "t4", "t5");
        assertThat(names("/api/v1/tenants/acme/hubs")).containsExactly("eu-1", "h1", "h2", "h3", "h4", "h5");
        assertThat(names(ENROLLMENTS)).containsExactly("e1", "e2", "e3", "e4", "e5");
    }

    private List<String> names(String path) {
        List<String> names = new ArrayList<>();
        JsonObject page = operator.get(path + "?limit=2").json();
        for (int pages = 0; pages < 10; pages++) {
            page.getJsonArray("items").forEach(item -> names.add(((JsonObject) item).getString("name")));
            if (!page.containsKey("next")) {
                return names;
            }
            page = operator.get(path + "?limit=2&cursor=" + page.getString("next"))
                    .json();
        }
        throw new AssertionError("The list does not end: " + names);
    }
}
