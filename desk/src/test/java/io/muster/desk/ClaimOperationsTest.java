package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClaimOperationsTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String CLAIMS = TENANT + "/claims";

    /// As the testkit's certificates have it.
    private static final Instant CERTIFICATE_ENDS = Instant.parse("2030-01-01T00:00:00Z");

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
        desk.claims().clear();
        desk.itIs(Samples.NOW);
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post("/api/v1/tenants", "{\"name\":\"other\"}");
        operator.post(
                TENANT + "/hubs", "{\"name\":\"eu-1\",\"region\":\"eu\",\"endpoint\":\"mqtts://eu-1.example.com\"}");
        operator.post(
                TENANT + "/hubs", "{\"name\":\"us-1\",\"region\":\"us\",\"endpoint\":\"mqtts://us-1.example.com\"}");
        operator.post(TENANT + "/enrollments", group("things", "eu-1"));
        operator.post(TENANT + "/enrollments", group("valves", "us-1"));
        operator.post(
                TENANT + "/enrollments",
                "{\"name\":\"meters\",\"kind\":\"group\",\"proof\":{\"symmetricKey\":{}},"
                        + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}}");
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static String group(String name, String hub) {
        return "{\"name\":\"" + name + "\",\"kind\":\"group\",\"proof\":{\"claims\":{}},"
                + "\"template\":{\"thing\":\"SerialNumber\"},"
                + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[\"" + hub + "\"]}}";
    }

    private static String claim(String name, String more) {
        return "{\"name\":\"" + name + "\",\"enrollment\":\"things\",\"certificate\":\"DEVICE " + name + "\"" + more
                + "}";
    }

    private static String trusted(String name, String more) {
        return "{\"name\":\"" + name + "\",\"enrollment\":\"things\",\"trustedUser\":true" + more + "}";
    }

    private static Operator with(Role role, Scope scope) {
        return desk.stranger(Optional.of(desk.principals().key(role, scope)));
    }

    @Test
    void a_claim_has_the_standard_budget_and_ends_with_its_certificate() {
        var made = operator.post(CLAIMS, claim("line-1", ""));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.raw().headers().firstValue("Location")).contains(CLAIMS + "/line-1");
        JsonObject json = operator.get(CLAIMS + "/line-1").json();
        assertThat(json).isEqualTo(made.json());
        assertThat(json.getString("enrollment")).isEqualTo("things");
        assertThat(json.getString("state")).isEqualTo("active");
        assertThat(json.getLong("creates")).isEqualTo(1000);
        assertThat(json.getString("window")).isEqualTo("P1D");
        assertThat(json.getInteger("perSecond")).isEqualTo(20);
        assertThat(json.getInteger("connections")).isEqualTo(100);
        assertThat(json.containsKey("clientIds")).isFalse();
        assertThat(json.getInstant("expiresAt")).isEqualTo(CERTIFICATE_ENDS);
    }

    @Test
    void an_operator_says_how_much_how_fast_from_whom_and_how_long() {
        JsonObject json = operator.post(
                        CLAIMS,
                        claim(
                                "line-1",
                                ",\"creates\":7,\"window\":\"PT3H\",\"perSecond\":2,\"connections\":5,\"clientIds\":\"line-\","
                                        + "\"expiresAfter\":\"P30D\""))
                .json();
        assertThat(json.getLong("creates")).isEqualTo(7);
        assertThat(json.getString("window")).isEqualTo("PT3H");
        assertThat(json.getInteger("perSecond")).isEqualTo(2);
        assertThat(json.getInteger("connections")).isEqualTo(5);
        assertThat(json.getString("clientIds")).isEqualTo("line-");
        assertThat(json.getInstant("expiresAt")).isEqualTo(Samples.NOW.plus(Duration.ofDays(30)));
        assertThat(operator.post(CLAIMS, claim("line-2", ",\"expiresAfter\":\"P3650D\""))
                        .json()
                        .getInstant("expiresAt"))
                .as("no claim outlives its certificate")
                .isEqualTo(CERTIFICATE_ENDS);
    }

    @Test
    void a_claim_says_what_keeps_it_from_creating_and_where_it_is_used_too_widely() {
        for (String name : List.of("a-active", "b-spent", "c-revoked", "d-expired")) {
            operator.post(
                    CLAIMS,
                    claim(name, ",\"creates\":5,\"expiresAfter\":\"" + (name.startsWith("d") ? "PT1H" : "P1D") + "\""));
        }
        desk.claims().spend("a-active", 4, 8);
        desk.claims().spend("b-spent", 5, 7);
        operator.post(CLAIMS + "/c-revoked/revoke", "");
        desk.itIs(Samples.NOW.plus(Duration.ofHours(1)));

        assertThat(operator.get(CLAIMS).json().getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item).getString("state")))
                .containsExactly("active", "spent", "revoked", "expired");
        JsonObject wide = operator.get(CLAIMS + "/a-active").json();
        assertThat(wide.getBoolean("widespread")).isTrue();
        assertThat(wide.getString("warning")).contains("8 networks", "muster claim revoke a-active --tenant acme");
        assertThat(wide.getLong("spent")).isEqualTo(4);
        JsonObject narrow = operator.get(CLAIMS + "/b-spent").json();
        assertThat(narrow.getBoolean("widespread")).isFalse();
        assertThat(narrow.containsKey("warning")).isFalse();
    }

    @Test
    void a_trusted_user_gets_key_and_certificate_once_for_one_device_and_five_minutes() {
        var made = operator.post(CLAIMS, trusted("hand-1", ""));
        assertThat(made.status()).isEqualTo(201);
        JsonObject json = made.json();
        assertThat(json.getLong("creates")).isEqualTo(1);
        assertThat(json.getInstant("expiresAt")).isEqualTo(Samples.NOW.plus(Duration.ofMinutes(5)));
        assertThat(json.getString("privateKey")).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(json.getString("certificatePem")).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(json.getString("chain").split("-----BEGIN CERTIFICATE-----", -1))
                .hasSize(3);
        for (String text : List.of(
                operator.get(CLAIMS).text(),
                operator.get(CLAIMS + "/hand-1").text(),
                operator.post(CLAIMS + "/hand-1/revoke", "").text())) {
            assertThat(text).doesNotContain("PRIVATE KEY");
        }
        assertThat(operator.post(CLAIMS, trusted("hand-2", ",\"creates\":3"))
                        .json()
                        .getLong("creates"))
                .isEqualTo(3);
    }

    @Test
    void a_name_that_the_authority_does_not_certify_is_refused_in_words() {
        var refused = operator.post(CLAIMS, trusted("localhost", ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().getString("detail")).contains("localhost");
        assertThat(operator.get(CLAIMS + "/localhost").status()).isEqualTo(404);
    }

    @Test
    void a_dry_run_makes_no_key_and_no_claim() {
        for (String body : List.of(claim("line-1", ""), trusted("hand-1", ""))) {
            var answer = operator.post(CLAIMS + "?dryRun=true", body);
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.text()).doesNotContain("PRIVATE KEY", "certificatePem");
        }
        assertThat(operator.get(CLAIMS).json().getJsonArray("items")).isEmpty();
        operator.post(CLAIMS, claim("line-1", ""));
        operator.post(CLAIMS + "/line-1/revoke?dryRun=true", "");
        assertThat(operator.get(CLAIMS + "/line-1").json().getString("state")).isEqualTo("active");
    }

    @Test
    void the_same_request_under_the_same_key_makes_one_claim_with_one_key() {
        var first = once(trusted("hand-1", ""));
        var again = once(trusted("hand-1", ""));
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(once(trusted("hand-2", "")).status()).isEqualTo(422);
    }

    private static Operator.Answer once(String body) {
        return operator.send(operator.request(CLAIMS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "claims-once")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void a_name_and_a_certificate_are_taken_once() {
        operator.post(CLAIMS, claim("line-1", ""));
        for (String body : List.of(
                claim("line-1", "").replace("DEVICE line-1", "DEVICE line-9"),
                claim("line-2", "").replace("DEVICE line-2", "DEVICE line-1"))) {
            var taken = operator.post(CLAIMS, body);
            assertThat(taken.status()).isEqualTo(409);
            assertThat(taken.json().getString("detail")).contains("line-1");
        }
    }

    @Test
    void a_claim_is_for_an_enrollment_that_takes_claims() {
        for (String enrollment : List.of("meters", "nobody")) {
            for (String body : List.of(claim("line-1", ""), trusted("line-1", ""))) {
                var answer = operator.post(CLAIMS, body.replace("things", enrollment));
                assertThat(answer.status()).as(enrollment).isEqualTo(422);
                assertThat(answer.json().getString("detail")).contains(enrollment);
            }
        }
    }

    @Test
    void what_cannot_be_is_told_with_its_place() {
        Map.ofEntries(
                        Map.entry("{\"name\":\"x\",\"enrollment\":\"things\"}", "/certificate"),
                        Map.entry(claim("x", ",\"trustedUser\":true"), "/certificate"),
                        Map.entry(claim("x", "").replace("DEVICE", "NONE"), "/certificate"),
                        Map.entry(trusted("x", ",\"expiresAfter\":\"P1D\""), "/expiresAfter"),
                        Map.entry(claim("x", ",\"expiresAfter\":\"PT0S\""), "/expiresAfter"),
                        Map.entry(claim("x", ",\"window\":\"P367D\""), "/window"),
                        Map.entry(claim("x", ",\"window\":\"PT0S\""), "/window"))
                .forEach((body, at) -> {
                    var answer = operator.post(CLAIMS, body);
                    assertThat(answer.status()).as(body).isEqualTo(400);
                    assertThat(answer.json()
                                    .getJsonArray("errors")
                                    .getJsonObject(0)
                                    .getString("at"))
                            .as(body)
                            .isEqualTo(at);
                });
        for (String more : List.of(
                ",\"creates\":0",
                ",\"creates\":100000001",
                ",\"perSecond\":0",
                ",\"perSecond\":10001",
                ",\"connections\":0",
                ",\"connections\":10001",
                ",\"clientIds\":\"\"",
                ",\"clientIds\":\"a b\"",
                ",\"window\":\"a day\"",
                ",\"color\":\"red\"")) {
            assertThat(operator.post(CLAIMS, claim("x", more)).status())
                    .as(more)
                    .isEqualTo(400);
        }
        assertThat(operator.post(CLAIMS, trusted("x", "").replace("true", "false"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void claims_come_in_pages_by_name() {
        for (String name : List.of("c", "a", "e", "b", "d")) {
            operator.post(CLAIMS, claim(name, ""));
        }
        List<String> seen = new ArrayList<>();
        JsonObject page = operator.get(CLAIMS + "?limit=2").json();
        for (int pages = 0; pages < 3; pages++) {
            page.getJsonArray("items").forEach(item -> seen.add(((JsonObject) item).getString("name")));
            page = page.containsKey("next")
                    ? operator.get(CLAIMS + "?limit=2&cursor=" + page.getString("next"))
                            .json()
                    : new JsonObject();
        }
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        assertThat(operator.get(CLAIMS + "?cursor=Rm9v").code()).isEqualTo("invalid_request");
    }

    @Test
    void revoking_again_changes_nothing_and_what_is_not_there_is_not_found() {
        operator.post(CLAIMS, claim("line-1", ""));
        for (int i = 0; i < 2; i++) {
            var revoked = operator.post(CLAIMS + "/line-1/revoke", "");
            assertThat(revoked.status()).isEqualTo(200);
            assertThat(revoked.json().getString("state")).isEqualTo("revoked");
        }
        assertThat(operator.post(CLAIMS + "/nobody/revoke", "").status()).isEqualTo(404);
        assertThat(operator.get("/api/v1/tenants/other/claims/line-1").status()).isEqualTo(404);
        assertThat(operator.post("/api/v1/tenants/other/claims/line-1/revoke", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_provisioner_makes_claims_for_one_device_of_its_enrollments_and_uploads_none() {
        Scope things = new Scope(Optional.of(new Name("acme")), Set.of(new Name("things")), Set.of());
        operator.post(CLAIMS, claim("line-1", ""));
        operator.post(CLAIMS, claim("line-2", "").replace("things", "valves"));
        try (Operator factory = with(Role.PROVISIONER, things)) {
            assertThat(factory.post(CLAIMS, trusted("hand-1", "")).status()).isEqualTo(201);
            assertThat(factory.post(CLAIMS, trusted("hand-2", "").replace("things", "valves"))
                            .status())
                    .isEqualTo(403);
            assertThat(factory.post(CLAIMS, claim("line-3", "")).status()).isEqualTo(403);
            assertThat(factory.post(CLAIMS + "/line-1/revoke", "").status()).isEqualTo(403);
            assertThat(factory.get(CLAIMS + "/line-1").status()).isEqualTo(200);
            assertThat(factory.get(CLAIMS + "/line-2").status()).isEqualTo(404);
            assertThat(factory.get(CLAIMS).json().getJsonArray("items").stream()
                            .map(item -> ((JsonObject) item).getString("name")))
                    .containsExactly("hand-1", "line-1");
        }
    }

    @Test
    void a_key_of_one_enrollment_or_region_touches_no_claim_beyond_it() {
        Scope things = new Scope(Optional.of(new Name("acme")), Set.of(new Name("things")), Set.of());
        Scope eu = new Scope(Optional.of(new Name("acme")), Set.of(), Set.of(new Name("eu")));
        operator.post(CLAIMS, claim("line-2", "").replace("things", "valves"));
        try (Operator narrow = with(Role.OPERATOR, things);
                Operator regional = with(Role.OPERATOR, eu)) {
            assertThat(narrow.post(CLAIMS + "/line-2/revoke", "").status()).isEqualTo(404);
            assertThat(narrow.post(CLAIMS, claim("line-3", "")).status()).isEqualTo(201);
            assertThat(regional.get(CLAIMS + "/line-2").status()).isEqualTo(200);
            assertThat(regional.post(CLAIMS + "/line-2/revoke", "").status()).isEqualTo(403);
            assertThat(regional.post(CLAIMS, claim("line-4", "").replace("things", "valves"))
                            .status())
                    .isEqualTo(403);
            assertThat(regional.post(CLAIMS, claim("line-4", "")).status()).isEqualTo(201);
            assertThat(regional.post(CLAIMS + "/line-4/revoke", "").status()).isEqualTo(200);
        }
        assertThat(operator.get(CLAIMS + "/line-2").json().getString("state")).isEqualTo("active");
    }
}
