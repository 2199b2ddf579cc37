package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.desk.gate.BearerToken;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.TestIdentity;
import io.muster.desk.wire.ServerIdentity;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeskTest {

    @Test
    void a_request_that_waits_holds_up_no_other() throws Exception {
        try (OpenDesk desk = new OpenDesk();
                Operator operator = desk.operator();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch database = new CountDownLatch(1);
            desk.ledger().waitsFor(database);
            var waiting = IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(
                            () -> operator.get("/api/v1/installation").status()))
                    .toList();
            assertThat(operator.get("/api/v1/tenants").status()).isEqualTo(200);
            assertThat(waiting).noneMatch(Future::isDone);
            database.countDown();
            for (var one : waiting) {
                assertThat(one.get()).isEqualTo(200);
            }
        }
    }

    @Test
    void ready_says_what_is_missing() {
        try (OpenDesk desk = new OpenDesk();
                Operator stranger = desk.stranger(Optional.empty())) {
            assertThat(stranger.get("/health/ready").status()).isEqualTo(200);
            desk.nowMisses("it does not listen yet");
            var answer = stranger.get("/health/ready");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.json().getString("status")).isEqualTo("DOWN");
            var check = answer.json().getJsonArray("checks").getJsonObject(0);
            assertThat(check.getString("name")).isEqualTo("https listener");
            assertThat(check.getString("reason")).isEqualTo("it does not listen yet");
            assertThat(stranger.get("/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void a_renewed_identity_serves_new_connections_without_a_restart() {
        ServerIdentity next = TestIdentity.make("second");
        try (OpenDesk desk = new OpenDesk();
                Operator before = desk.operator()) {
            assertThat(before.get("/health/live").status()).isEqualTo(200);
            desk.desk().use(next);
            try (Operator after = new Operator(desk.desk().port(), next, Optional.of(OpenDesk.TOKEN))) {
                assertThat(after.get("/api/v1/tenants").status()).isEqualTo(200);
            }
            assertThat(before.get("/health/live").status()).isEqualTo(200);
        }
    }

    @Test
    void a_taken_port_is_named_with_the_setting_to_change() {
        try (OpenDesk desk = new OpenDesk()) {
            int taken = desk.desk().port();
            assertThatThrownBy(() -> Desk.open(
                            new DeskSettings("127.0.0.1", taken),
                            TestIdentity.make("third"),
                            BearerToken.of(OpenDesk.TOKEN),
                            desk.operations()))
                    .hasMessageContaining("127.0.0.1:" + taken)
                    .hasMessageContaining("desk.port");
        }
    }

    @Test
    void a_token_does_not_print_and_is_not_short() {
        assertThat(BearerToken.of(OpenDesk.TOKEN)).asString().doesNotContain(OpenDesk.TOKEN);
        assertThatThrownBy(() -> BearerToken.of("short")).isInstanceOf(IllegalArgumentException.class);
    }
}
