package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SinkOperationsTest {

    private static final String SINK = "/api/v1/sinks/events";
    private static final String RECONCILE = "/api/v1/tenants/acme/sinks/events/reconcile";

    @Test
    void sinks_are_listed_and_shown_with_their_lag() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            var listed = operator.get("/api/v1/sinks").json().getJsonArray("items");
            assertThat(listed).hasSize(1);
            assertThat(listed.getJsonObject(0)).isEqualTo(operator.get(SINK).json());
            assertThat(listed.getJsonObject(0).getLong("lagEntries")).isEqualTo(7);
            assertThat(listed.getJsonObject(0).getDouble("lagSeconds")).isEqualTo(1.5);
            assertThat(operator.get("/api/v1/sinks/nobody").status()).isEqualTo(404);
        }
    }

    @Test
    void a_sink_is_paused_and_resumed_and_a_dry_run_does_nothing() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            operator.post(SINK + "/pause?dryRun=true", "");
            assertThat(operator.get(SINK).json().getBoolean("paused")).isFalse();
            assertThat(operator.post(SINK + "/pause", "").json().getBoolean("paused"))
                    .isTrue();
            assertThat(operator.post(SINK + "/resume", "").json().getBoolean("paused"))
                    .isFalse();
        }
    }

    @Test
    void a_replay_begins_at_a_moment_or_at_the_beginning() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            assertThat(operator.post(SINK + "/replay", "{\"from\":\"2026-11-23T18:30:00Z\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(desk.sinks().replayed()).contains(Optional.of(Instant.parse("2026-11-23T18:30:00Z")));
            assertThat(operator.post(SINK + "/replay", "{}").status()).isEqualTo(200);
            assertThat(desk.sinks().replayed()).contains(Optional.empty());
            assertThat(operator.post(SINK + "/replay", "{\"from\":\"2026-13-45T18:30:00Z\"}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void what_a_sink_could_not_take_is_listed_with_the_reason() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            var letters = operator.get(SINK + "/dead-letters").json().getJsonArray("items");
            assertThat(letters).hasSize(2);
            assertThat(letters.getJsonObject(0).getString("place")).isEqualTo("1/4");
            assertThat(letters.getJsonObject(0).getString("reason")).isEqualTo("it is too large");
            assertThat(operator.get("/api/v1/sinks/nobody/dead-letters").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void what_a_sink_holds_is_compared_with_the_devices_and_mended_and_both_are_audited() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
            desk.ledger().holds(Samples.device("pump-1", "eu"));
            desk.holder().held().add("pump-9");

            assertThat(drifts(operator, "{}")).containsExactly("pump-9 unknown false", "site-pump-1 missing false");
            assertThat(desk.holder().held()).containsExactly("pump-9");
            assertThat(desk.sinks().notes()).containsExactly("comparing devices of acme");

            assertThat(drifts(operator, "{\"mend\":true}"))
                    .containsExactly("pump-9 unknown true", "site-pump-1 missing true");
            assertThat(desk.holder().held()).containsExactly("site-pump-1");
            assertThat(desk.sinks().notes()).contains("mending devices of acme", "mended 1 devices of acme");
            assertThat(drifts(operator, "{}")).isEmpty();
        }
    }

    @Test
    void what_cannot_be_compared_is_refused_in_words() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            assertThat(operator.post(RECONCILE, "{}").status())
                    .as("there is no such tenant")
                    .isEqualTo(404);
            operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
            assertThat(operator.post("/api/v1/tenants/acme/sinks/nobody/reconcile", "{}")
                            .status())
                    .isEqualTo(404);
            assertThat(operator.post(RECONCILE + "?cursor=eA", "{}").status()).isEqualTo(400);
            desk.holder().goesAway();
            assertThat(operator.post(RECONCILE, "{}").status()).isEqualTo(503);
        }
    }

    /// Of all parts.
    private static List<String> drifts(Operator operator, String body) {
        List<String> drifts = new ArrayList<>();
        String tail = "";
        do {
            JsonObject part = operator.post(RECONCILE + tail, body).json();
            for (Object item : part.getJsonArray("drifts")) {
                JsonObject drift = (JsonObject) item;
                drifts.add(
                        drift.getString("deviceId") + " " + drift.getString("kind") + " " + drift.getBoolean("mended"));
            }
            tail = part.containsKey("next") ? "?cursor=" + part.getString("next") : "";
        } while (!tail.isEmpty());
        return drifts;
    }
}
