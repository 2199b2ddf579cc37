package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TokenOperationsTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String TOKENS = TENANT + "/tokens";

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
        desk.tokens().clear();
        desk.itIs(Samples.NOW);
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post("/api/v1/tenants", "{\"name\":\"other\"}");
        operator.post(TENANT + "/enrollments", group("gates", "oneTimeTokens"));
        operator.post(TENANT + "/enrollments", group("meters", "symmetricKey"));
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static String group(String name, String proof) {
        return "{\"name\":\"" + name + "\",\"kind\":\"group\",\"proof\":{\"" + proof + "\":{}},"
                + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}}";
    }

    private static String order(String more) {
        return "{\"registrationId\":\"Gate-1\",\"enrollment\":\"gates\"" + more + "}";
    }

    private static JsonObject made(String more) {
        return operator.post(TOKENS, order(more)).json();
    }

    private static JsonObject listed(int index) {
        return operator.get(TOKENS).json().getJsonArray("items").getJsonObject(index);
    }

    @Test
    void a_token_is_shown_when_it_is_made_and_never_again() {
        var made = operator.post(TOKENS, order(""));
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().getString("token")).isEqualTo("token-1");
        assertThat(made.json().getString("registrationId")).isEqualTo("Gate-1");
        assertThat(made.json().getInteger("uses")).isEqualTo(1);
        assertThat(made.json().getInstant("expiresAt")).isEqualTo(Samples.NOW.plus(Duration.ofHours(24)));
        assertThat(operator.get(TOKENS).text()).doesNotContain("token-1");
        assertThat(operator.post(TOKENS + "/" + made.json().getString("id") + "/revoke", "")
                        .text())
                .doesNotContain("token-1");
    }

    @Test
    void a_token_says_what_keeps_another_key_from_using_it() {
        for (int i = 0; i < 5; i++) {
            made(",\"uses\":2,\"expiresAfter\":\"" + (i == 4 ? "PT1H" : "P1D") + "\"");
        }
        desk.tokens().spend(listed(1).getString("id"), 1);
        desk.tokens().spend(listed(2).getString("id"), 2);
        operator.post(TOKENS + "/" + listed(3).getString("id") + "/revoke", "");
        desk.itIs(Samples.NOW.plus(Duration.ofHours(1)));
        assertThat(operator.get(TOKENS).json().getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item).getString("state")))
                .containsExactly("unused", "used", "spent", "revoked", "expired");
        assertThat(listed(2).getInteger("spent")).isEqualTo(2);
    }

    @Test
    void tokens_come_in_pages_the_newest_last() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(made("").getString("id"));
        }
        List<String> seen = new ArrayList<>();
        JsonObject page = operator.get(TOKENS + "?limit=2").json();
        for (int pages = 0; pages < 3; pages++) {
            page.getJsonArray("items").forEach(item -> seen.add(((JsonObject) item).getString("id")));
            page = page.containsKey("next")
                    ? operator.get(TOKENS + "?limit=2&cursor=" + page.getString("next"))
                            .json()
                    : new JsonObject();
        }
        assertThat(seen).isEqualTo(ids);
        assertThat(page.isEmpty()).isTrue();
        assertThat(operator.get(TOKENS + "?cursor=Zm9v").code()).isEqualTo("invalid_request");
    }

    @Test
    void revoking_again_changes_nothing_and_a_strange_number_is_not_found() {
        String id = made("").getString("id");
        for (int i = 0; i < 2; i++) {
            var revoked = operator.post(TOKENS + "/" + id + "/revoke", "");
            assertThat(revoked.status()).isEqualTo(200);
            assertThat(revoked.json().getString("state")).isEqualTo("revoked");
        }
        for (String path : List.of(
                TOKENS + "/00000000-0000-0000-0000-000000000000/revoke",
                "/api/v1/tenants/other/tokens/" + id + "/revoke")) {
            assertThat(operator.post(path, "").status()).as(path).isEqualTo(404);
        }
        assertThat(operator.post(TOKENS + "/token-1/revoke", "").status()).isEqualTo(400);
    }

    @Test
    void a_token_is_for_an_enrollment_that_takes_tokens() {
        for (String enrollment : List.of("meters", "nobody")) {
            var answer = operator.post(TOKENS, order("").replace("gates", enrollment));
            assertThat(answer.status()).as(enrollment).isEqualTo(422);
            assertThat(answer.json().getString("detail")).contains(enrollment);
        }
    }

    @Test
    void bounds_are_told_in_words() {
        Map.of(
                        ",\"expiresAfter\":\"P366D\"", "1 second to 365 days",
                        ",\"expiresAfter\":\"PT0S\"", "1 second to 365 days",
                        ",\"expiresAfter\":\"1 day\"", "ISO 8601",
                        ",\"uses\":1001", "1000",
                        ",\"uses\":0", "1")
                .forEach((more, words) -> {
                    var answer = operator.post(TOKENS, order(more));
                    assertThat(answer.status()).as(more).isEqualTo(400);
                    assertThat(answer.json().getString("detail")).as(more).contains(words);
                });
        assertThat(operator.post(TOKENS, order("").replace("Gate-1", "gate 1")).status())
                .isEqualTo(400);
        assertThat(made(",\"uses\":1000,\"expiresAfter\":\"P365D\"").getInteger("uses"))
                .isEqualTo(1000);
    }

    @Test
    void one_time_tokens_are_for_groups_and_have_no_keys_to_rotate() {
        assertThat(operator.get(TENANT + "/enrollments/gates")
                        .json()
                        .getJsonObject("proof")
                        .containsKey("oneTimeTokens"))
                .isTrue();
        var individual = operator.post(
                TENANT + "/enrollments",
                group("gate", "oneTimeTokens").replace("\"group\"", "\"individual\",\"registrationId\":\"gate-1\""));
        assertThat(individual.status()).isEqualTo(400);
        assertThat(individual.json().getJsonArray("errors").getJsonObject(0).getString("at"))
                .isEqualTo("/proof/oneTimeTokens");
        assertThat(operator.post(TENANT + "/enrollments/gates/keys/rotate", "").status())
                .isEqualTo(422);
    }
}
