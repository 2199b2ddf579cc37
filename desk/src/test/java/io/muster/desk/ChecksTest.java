package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChecksTest {

    @Test
    void what_is_seen_is_told_with_its_remedy_and_the_worst_of_all() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            JsonObject report = operator.get("/api/v1/installation/checks").json();
            assertThat(report.getString("status")).isEqualTo("fail");
            assertThat(report.getInstant("at")).isNotNull();
            assertThat(report.getJsonArray("checks").getJsonObject(1))
                    .isEqualTo(new JsonObject()
                            .put("name", "disk")
                            .put("status", "fail")
                            .put("detail", "It is full.")
                            .put("remedy", "Make room."));
        }
    }

    @Test
    void a_check_that_fails_itself_takes_no_other_with_it() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            var answer = operator.get("/api/v1/installation/checks");
            assertThat(answer.status()).isEqualTo(200);
            JsonObject last = answer.json().getJsonArray("checks").getJsonObject(2);
            assertThat(last.getString("name")).isEqualTo("keyring");
            assertThat(last.getString("status")).isEqualTo("warn");
            assertThat(answer.text()).doesNotContain("an examination that fails itself");
        }
    }

    @Test
    void a_stranger_learns_nothing() {
        try (OpenDesk desk = new OpenDesk();
                Operator stranger = desk.stranger(Optional.empty())) {
            assertThat(stranger.get("/api/v1/installation/checks").status()).isEqualTo(401);
        }
    }
}
