package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SinkOperationsTest {

    private static final String SINK = "/api/v1/sinks/events";

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
}
