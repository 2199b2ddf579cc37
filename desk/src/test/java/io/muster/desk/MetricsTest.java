package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MetricsTest {

    @Test
    void metrics_are_handed_out_as_they_are() {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator()) {
            var answer = operator.get("/metrics");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
            assertThat(answer.text()).startsWith("# HELP muster_test_total").endsWith("muster_test_total 1.0\n");
        }
    }

    @Test
    void a_stranger_learns_nothing_of_them() {
        try (OpenDesk desk = new OpenDesk();
                Operator stranger = desk.stranger(Optional.empty())) {
            var answer = stranger.get("/metrics");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).doesNotContain("muster_test");
        }
    }
}
