package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.openapi.contract.Operation;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class GateTest {

    private static OpenDesk desk;

    @BeforeAll
    static void open() {
        desk = new OpenDesk();
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void without_the_token_every_operation_but_health_is_refused() {
        try (Operator stranger = desk.stranger(Optional.empty());
                Operator operator = desk.operator()) {
            List<Operation> closed = stranger.contract().operations().stream()
                    .filter(operation -> !operation.getOperationId().startsWith("health"))
                    .toList();
            assertThat(closed).hasSizeGreaterThan(10);
            for (Operation operation : closed) {
                String path = operation.getAbsoluteOpenAPIPath().replaceAll("\\{[a-z]+}", "x");
                var answer = stranger.send(stranger.request(path)
                        .header("Content-Type", "application/json")
                        .method(operation.getHttpMethod().name(), HttpRequest.BodyPublishers.ofString("{}")));
                assertThat(answer.status()).as(path).isEqualTo(401);
                assertThat(answer.code()).isEqualTo("unauthorized");
                assertThat(operator.get("/health/live").status()).isEqualTo(200);
                operator.get("/api/v1/installation");
            }
            assertThat(stranger.get("/health/live").status()).isEqualTo(200);
            assertThat(stranger.get("/health/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void without_the_token_nobody_learns_which_paths_there_are() {
        try (Operator stranger = desk.stranger(Optional.empty())) {
            for (String path :
                    List.of("/", "/api/v2", "/health", "/health/live/x", "/openapi.yaml/../api/v1/tenants")) {
                assertThat(stranger.get(path).status()).as(path).isEqualTo(401);
                free(path);
            }
            var post = stranger.send(stranger.request("/health/live").POST(HttpRequest.BodyPublishers.noBody()));
            assertThat(post.status()).isEqualTo(401);
            assertThat(post.raw().headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"muster\"");
        }
    }

    /// A valid log-in from the same address ends the penalty, so that the test need not wait for it.
    private static void free(String path) {
        try (Operator operator = desk.operator()) {
            assertThat(operator.get("/api/v1/tenants").status())
                    .as("after " + path)
                    .isEqualTo(200);
        }
    }

    @Test
    void a_wrong_token_is_refused_counted_and_never_repeated() {
        long before = desk.desk().failedLogins();
        for (String guess : List.of("", "x", OpenDesk.TOKEN + "x", OpenDesk.TOKEN.substring(1), "ü".repeat(40))) {
            try (Operator stranger = desk.stranger(Optional.empty())) {
                var answer = stranger.send(stranger.request("/api/v1/tenants")
                        .header("Authorization", "Bearer " + (guess.contains("ü") ? "%C3%BC" : guess))
                        .GET());
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.text()).doesNotContain(OpenDesk.TOKEN.substring(1));
            }
        }
        assertThat(desk.desk().failedLogins() - before).isGreaterThanOrEqualTo(5);
        free("guesses");
    }

    @Test
    void the_token_by_another_scheme_is_no_token() {
        try (Operator stranger = desk.stranger(Optional.empty())) {
            var answer = stranger.send(stranger.request("/api/v1/tenants")
                    .header("Authorization", "Basic " + OpenDesk.TOKEN)
                    .GET());
            assertThat(answer.status()).isEqualTo(401);
        }
        free("basic");
    }

    @Test
    void a_token_in_the_url_is_refused_even_beside_a_valid_header() {
        try (Operator operator = desk.operator()) {
            for (String name : List.of("token", "access_token", "Access_Token", "api_key")) {
                var answer = operator.get("/api/v1/tenants?" + name + "=" + OpenDesk.TOKEN);
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.code()).isEqualTo("token_in_url");
                assertThat(answer.text()).doesNotContain(OpenDesk.TOKEN);
            }
        }
    }

    @Test
    void nothing_is_cached_or_sniffed() {
        try (Operator operator = desk.operator()) {
            var headers = operator.get("/api/v1/tenants").raw().headers();
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        }
    }
}
