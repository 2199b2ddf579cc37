package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.telemetry.Tails;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Saying;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TailOperationsTest {

    private static final String PATH = "/api/v1/tenants/acme/telemetry";

    @Test
    void the_first_question_begins_and_the_next_one_tells_what_came() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
            String all = begun(operator, PATH);
            String one = begun(operator, PATH + "?device=PUMP-1");
            String typed = begun(operator, PATH + "?type=valve");
            saying(desk).says("pump-1", "eu", "pump", "{\"n\":1}");
            saying(desk).says("pump-2", "us", "valve", "{\"n\":2}");

            var seen = operator.get(PATH + "?tail=" + all).json();
            assertThat(seen.getInteger("dropped")).isZero();
            assertThat(seen.getJsonArray("items")).hasSize(2);
            assertThat(seen.getJsonArray("items")
                            .getJsonObject(0)
                            .getJsonObject("data")
                            .getInteger("n"))
                    .isEqualTo(1);
            assertThat(operator.get(PATH + "?tail=" + one).json().getJsonArray("items"))
                    .hasSize(1);
            assertThat(operator.get(PATH + "?tail=" + typed)
                            .json()
                            .getJsonArray("items")
                            .getJsonObject(0)
                            .getJsonObject("data")
                            .getInteger("n"))
                    .isEqualTo(2);
        }
    }

    @Test
    void more_than_asked_for_waits_for_the_next_question() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
            String tail = begun(operator, PATH);
            for (int i = 0; i < 3; i++) {
                saying(desk).says("pump-1", "eu", "pump", "{\"n\":" + i + "}");
            }
            assertThat(operator.get(PATH + "?limit=2&tail=" + tail).json().getJsonArray("items"))
                    .hasSize(2);
            assertThat(operator.get(PATH + "?limit=2&tail=" + tail).json().getJsonArray("items"))
                    .hasSize(1);
        }
    }

    @Test
    void a_key_of_one_region_sees_its_devices_alone_and_nobody_asks_for_another_one() {
        try (OpenDesk desk = new OpenDesk();
                Operator owner = desk.operator()) {
            owner.post("/api/v1/tenants", "{\"name\":\"acme\"}");
            String key = owner.post(
                            "/api/v1/tenants/acme/keys", "{\"name\":\"eu\",\"role\":\"operator\",\"regions\":[\"eu\"]}")
                    .json()
                    .getString("key");
            try (Operator narrowed = desk.stranger(Optional.of(key))) {
                String tail = begun(narrowed, PATH);
                saying(desk).says("pump-2", "us", "pump", "{\"n\":2}");
                saying(desk).says("pump-1", "eu", "pump", "{\"n\":1}");
                assertThat(owner.get(PATH + "?tail=" + tail).status()).isEqualTo(404);
                var items = narrowed.get(PATH + "?tail=" + tail).json().getJsonArray("items");
                assertThat(items).hasSize(1);
                assertThat(items.getJsonObject(0).getJsonObject("data").getInteger("n"))
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void what_is_no_tail_is_not_there_and_too_many_are_refused() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
            assertThat(operator.get(PATH + "?tail=0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a11")
                            .status())
                    .isEqualTo(404);
            assertThat(operator.get(PATH + "?tail=x").status()).isEqualTo(400);
            assertThat(operator.get("/api/v1/tenants/nobody/telemetry").status())
                    .isEqualTo(404);
            for (int i = 0; i < Tails.MOST; i++) {
                begun(operator, PATH);
            }
            assertThat(operator.get(PATH).status()).isEqualTo(503);
        }
    }

    private static Saying saying(OpenDesk desk) {
        return new Saying(desk.tails());
    }

    private static String begun(Operator operator, String path) {
        var answer = operator.get(path).json();
        assertThat(answer.getJsonArray("items")).isEmpty();
        return answer.getString("tail");
    }
}
