package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class BadRequestsTest {

    private static OpenDesk desk;
    private static Operator operator;

    @BeforeAll
    static void open() {
        desk = new OpenDesk();
        operator = desk.operator();
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    @Test
    void a_body_that_is_not_exactly_one_json_document_is_refused() {
        for (String body : List.of(
                "{",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\"} {}",
                "[".repeat(2_000) + "]".repeat(2_000),
                "{\"name\":\"a\\u0000",
                "\u0000")) {
            assertThat(operator.post("/api/v1/tenants", body).code()).as(body).isEqualTo("invalid_request");
        }
    }

    @Test
    void a_body_that_breaks_the_contract_is_refused_with_its_place() {
        for (String body : List.of(
                "{}",
                "[]",
                "\"acme\"",
                "{\"name\":1}",
                "{\"name\":\"Acme\"}",
                "{\"name\":\"a.b\"}",
                "{\"name\":\"-a\"}",
                "{\"name\":\"" + "a".repeat(64) + "\"}",
                "{\"name\":\"a\\n\"}",
                "{\"name\":\"a\",\"admin\":true}",
                "{\"name\":\"../etc\"}")) {
            var answer = operator.post("/api/v1/tenants", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid_request");
            assertThat(answer.json().getJsonArray("errors")).isNotEmpty();
        }
        assertThat(desk.roster().tenants()).isEmpty();
    }

    @Test
    void a_refusal_says_where_and_what_the_contract_asks_there() {
        var name = operator.post("/api/v1/tenants", "{\"name\":\"A.b\",\"admin\":true}")
                .json();
        assertThat(name.getJsonArray("errors")).hasSize(2);
        assertThat(name.getString("detail")).contains("/name", "1 to 63 characters of a-z, 0-9 and hyphen");
        assertThat(name.getJsonArray("errors").getJsonObject(1).getString("at")).isEqualTo("/admin");
        var limit = operator.get("/api/v1/tenants?limit=5000").json();
        assertThat(limit.getString("detail")).contains("limit", "1000");
        assertThat(limit.getJsonArray("errors").getJsonObject(0).getString("at"))
                .isEqualTo("limit");
    }

    @Test
    void a_body_is_wanted_and_must_be_json() {
        assertThat(operator.post("/api/v1/tenants", "").status()).isEqualTo(400);
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16")) {
            var answer = operator.send(operator.request("/api/v1/tenants")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"acme\"}")));
            assertThat(answer.status()).as(type).isEqualTo(415);
        }
    }

    @Test
    void a_body_above_one_mebibyte_is_refused() {
        var answer = operator.post("/api/v1/tenants", "{\"name\":\"" + "a".repeat(1024 * 1024) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body_too_large");
    }

    @Test
    void a_page_has_a_size_that_can_be_served() {
        for (String limit : List.of("0", "-1", "1001", "2147483648", "99999999999999999999", "1.5", "x", "", "1e4")) {
            var answer = operator.get("/api/v1/tenants?limit=" + limit);
            assertThat(answer.status()).as(limit).isEqualTo(400);
        }
        for (String limit : List.of("1", "1000", "1e2")) {
            assertThat(operator.get("/api/v1/tenants?limit=" + limit).status())
                    .as(limit)
                    .isEqualTo(200);
        }
    }

    @Test
    void a_mistyped_or_doubled_parameter_does_not_list_everything() {
        for (String query : List.of("limt=1", "limit=1&limit=2", "region=eu", "%00=1")) {
            var answer = operator.get("/api/v1/tenants?" + query);
            assertThat(answer.code()).as(query).isEqualTo("invalid_request");
        }
    }

    @Test
    void a_path_that_is_none_stays_a_problem() {
        for (String path : List.of("/", "/api", "/api/v1/nothing", "/api/v1/tenants/a/b/c", "/health")) {
            assertThat(operator.get(path).code()).as(path).isEqualTo("not_found");
        }
        assertThat(operator.get("/api/v1/tenants/A.B").code()).isEqualTo("invalid_request");
        assertThat(operator.get("/api/v1/tenants/%2e%2e%2fx").code()).isEqualTo("invalid_request");
    }

    @Test
    void a_method_that_a_path_does_not_know_is_refused() {
        var answer = operator.send(operator.request("/api/v1/tenants").DELETE());
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method_not_allowed");
    }
}
