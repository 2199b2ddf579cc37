package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LedgerOperationsTest {

    private static final String DEVICES = "/api/v1/tenants/acme/devices";

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
        operator.post("/api/v1/tenants", "{\"name\":\"other\"}");
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    @Test
    void a_device_is_found_by_either_of_its_ids_without_case() {
        desk.ledger().holds(Samples.device("Pump-1", "eu"));
        for (String id : List.of("Pump-1", "pump-1", "PUMP-1", "site-pump-1")) {
            var device = operator.get(DEVICES + "/" + id).json();
            assertThat(device.getString("registrationId")).isEqualTo("Pump-1");
            assertThat(device.getString("deviceId")).isEqualTo("site-Pump-1");
            assertThat(device.getString("assignedHub")).isEqualTo("eu-1.example.com");
            assertThat(device.getString("state")).isEqualTo("enabled");
            assertThat(device.getJsonObject("payload").getString("model")).isEqualTo("P-1");
            assertThat(device.getJsonArray("identityKeys")).hasSize(1);
        }
    }

    @Test
    void tenants_never_meet() {
        desk.ledger().holds(Samples.device("pump-1", "eu"));
        desk.ledger().holds(Samples.accepted("pump-1"));
        for (String path : List.of("/devices/pump-1", "/devices/pump-1/attempts", "/attempts/" + Samples.ACCEPTED)) {
            assertThat(operator.get("/api/v1/tenants/acme" + path).status()).isEqualTo(200);
            assertThat(operator.get("/api/v1/tenants/other" + path).status()).isEqualTo(404);
        }
        assertThat(operator.get("/api/v1/tenants/other/devices").json().getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void a_device_is_taken_away_and_let_in_again_until_it_is_gone_for_good() {
        desk.ledger().holds(Samples.device("pump-1", "eu"));
        String reason = "{\"reason\":\"stolen\"}";
        assertThat(operator.post(DEVICES + "/pump-1/quarantine", reason).json().getString("state"))
                .isEqualTo("quarantined");
        assertThat(operator.post(DEVICES + "/pump-1/quarantine", reason).status())
                .isEqualTo(200);
        assertThat(operator.post(DEVICES + "/pump-1/release", reason).json().getString("state"))
                .isEqualTo("enabled");
        assertThat(operator.post(DEVICES + "/pump-1/decommission", reason)
                        .json()
                        .getString("state"))
                .isEqualTo("decommissioned");
        for (String verb : List.of("release", "quarantine")) {
            assertThat(operator.post(DEVICES + "/pump-1/" + verb, reason).status())
                    .isEqualTo(422);
            assertThat(operator.post(DEVICES + "/pump-2/" + verb, reason).status())
                    .isEqualTo(404);
        }
        assertThat(operator.get(DEVICES + "/pump-1/bindings")
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("state"))
                .isEqualTo("blocked");
        assertThat(operator.get(DEVICES + "/pump-2/bindings").status()).isEqualTo(404);
    }

    @Test
    void a_device_is_found_by_its_type_and_by_what_it_says_of_itself() {
        desk.ledger().holds(Samples.device("pump-1", "eu"));
        String said = operator.get(DEVICES + "/pump-1")
                .json()
                .getJsonObject("payload")
                .encode();
        assertThat(said).isEqualTo("{\"model\":\"P-1\"}");
        assertThat(ids(operator.get(DEVICES + "?fact=/model=P-1").json())).containsExactly("pump-1");
        assertThat(ids(operator.get(DEVICES + "?fact=/model=P-1x").json())).isEmpty();
        assertThat(ids(operator.get(DEVICES + "?type=pump").json())).containsExactly("pump-1");
        assertThat(ids(operator.get(DEVICES + "?type=meter").json())).isEmpty();
        String bearded = "%F0%9F%A7%94";
        for (String wrong :
                List.of("serial=1", "/serial", "/serial=", "/=1", "/a/b/c/d/e=1", "/s=" + bearded.repeat(200))) {
            assertThat(operator.get(DEVICES + "?fact=" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void the_audit_is_read_by_filters_and_checked_in_parts() {
        String audit = "/api/v1/tenants/acme/audit";
        assertThat(operator.get(audit).json().getJsonArray("items")).hasSize(1);
        assertThat(operator.get(audit + "?actor=nobody").json().getJsonArray("items"))
                .isEmpty();
        assertThat(operator.get(audit + "?since=2030-01-01T00:00:00Z").json().getJsonArray("items"))
                .isEmpty();
        for (String wrong : List.of("since=yesterday", "until=2026-13-41T99:00:00Z", "kind=nothing", "cursor=AAAA")) {
            assertThat(operator.get(audit + "?" + wrong).status()).as(wrong).isEqualTo(400);
        }
        var first = operator.post("/api/v1/audit/verify", "").json();
        assertThat(first.getInteger("checked")).isEqualTo(7);
        var second = operator.post("/api/v1/audit/verify?cursor=" + first.getString("next"), "")
                .json();
        assertThat(second.getJsonObject("broken").getString("place")).isEqualTo("2/2");
        assertThat(second.containsKey("next")).isFalse();
    }

    @Test
    void a_reason_is_a_line_of_words() {
        desk.ledger().holds(Samples.device("pump-1", "eu"));
        for (String reason : List.of("", "   ", "a\\u001b[31mred", "two\\nlines", "turned\\u202e", "x".repeat(501))) {
            assertThat(operator.post(DEVICES + "/pump-1/quarantine", "{\"reason\":\"" + reason + "\"}")
                            .status())
                    .as(reason)
                    .isEqualTo(400);
        }
        assertThat(operator.get(DEVICES + "/pump-1").json().getString("state")).isEqualTo("enabled");
    }

    @Test
    void devices_come_in_pages_and_by_filters() {
        for (int i = 0; i < 7; i++) {
            desk.ledger().holds(Samples.device("pump-" + i, i < 4 ? "eu" : "us"));
        }
        List<String> ids = new ArrayList<>();
        JsonObject page = operator.get(DEVICES + "?limit=3&region=eu").json();
        ids.addAll(ids(page));
        page = operator.get(DEVICES + "?limit=3&region=eu&cursor=" + page.getString("next"))
                .json();
        ids.addAll(ids(page));
        assertThat(ids).containsExactly("pump-0", "pump-1", "pump-2", "pump-3");
        assertThat(page.containsKey("next")).isFalse();
        assertThat(ids(operator.get(DEVICES + "?hub=us-1").json())).hasSize(3);
        assertThat(ids(operator.get(DEVICES + "?enrollment=pumps&state=enabled").json()))
                .hasSize(7);
        assertThat(ids(operator.get(DEVICES + "?state=quarantined").json())).isEmpty();
        assertThat(ids(operator.get(DEVICES + "?enrollment=meters").json())).isEmpty();
    }

    private static List<String> ids(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("registrationId"))
                .toList();
    }

    @Test
    void a_cursor_of_elsewhere_is_refused() {
        for (String cursor : List.of("abc", "_", "Zm9v", "a".repeat(500))) {
            assertThat(operator.get(DEVICES + "?cursor=" + cursor).code()).isEqualTo("invalid_request");
        }
    }

    @Test
    void an_attempt_tells_its_checks_in_their_order_and_the_remedy() {
        desk.ledger().holds(Samples.accepted("pump-1"));
        desk.ledger().holds(Samples.refused("pump-1"));
        var attempts = operator.get(DEVICES + "/pump-1/attempts").json().getJsonArray("items");
        var refused = attempts.getJsonObject(0);
        assertThat(refused.getString("result")).isEqualTo("refused");
        assertThat(refused.getString("code")).isEqualTo("enrollment_disabled");
        assertThat(refused.getString("summary")).contains("pumps");
        assertThat(refused.getString("remedy")).isNotBlank();
        assertThat(refused.containsKey("enrollment")).isFalse();
        var accepted = attempts.getJsonObject(1);
        assertThat(accepted.getString("summary")).isEqualTo("The device is new and was enrolled.");
        assertThat(accepted.getJsonArray("checks").getJsonObject(0).getString("code"))
                .isEqualTo("chain_valid");
        assertThat(accepted.getJsonArray("checks").getJsonObject(1).getString("verdict"))
                .isEqualTo("note");
        assertThat(accepted.containsKey("remedy")).isFalse();
    }

    @Test
    void attempts_of_a_device_stand_under_its_outward_id_too() {
        desk.ledger().holds(Samples.device("pump-1", "eu"));
        desk.ledger().holds(Samples.accepted("pump-1"));
        assertThat(operator.get(DEVICES + "/site-pump-1/attempts").json().getJsonArray("items"))
                .hasSize(1);
    }

    @Test
    void the_installation_says_how_much_it_holds() {
        desk.ledger().holds(Samples.device("pump-1", "eu"));
        var installation = operator.get("/api/v1/installation").json();
        assertThat(installation.getLong("devices")).isEqualTo(1);
        assertThat(installation.getJsonObject("database").getString("kind")).isEqualTo("embedded");
        assertThat(installation.getJsonObject("database").getLong("deviceDataBytes"))
                .isEqualTo(1_500);
    }

    @Test
    void a_database_that_is_away_is_told_as_such() {
        desk.ledger().failsWith(new LedgerUnavailable("connection refused", new IllegalStateException("down")));
        var answer = operator.get("/api/v1/installation");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("unavailable");
        assertThat(answer.json().getBoolean("retryable")).isTrue();
    }

    @Test
    void a_fault_of_our_own_tells_nothing_but_a_reference() {
        desk.ledger().failsWith(new IllegalStateException("SELECT secret FROM somewhere"));
        var answer = operator.get("/api/v1/installation");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).doesNotContain("SELECT", "IllegalState");
        assertThat(answer.json().getString("instance")).startsWith("urn:muster:occurrence:");
    }
}
