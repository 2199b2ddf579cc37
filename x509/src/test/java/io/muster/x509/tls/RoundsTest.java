package io.muster.x509.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private final AtomicInteger done = new AtomicInteger();

    @Test
    void a_round_that_fails_does_not_end_the_rounds_and_closing_does() {
        Rounds rounds = new Rounds("test-rounds", Duration.ofMillis(1), () -> {
            if (done.incrementAndGet() == 1) {
                throw new IllegalStateException("broken on purpose by a test");
            }
        });

        rounds.start();
        await().untilAsserted(() -> assertThat(done).hasValueGreaterThan(3));
        rounds.close();

        await().until(() -> !rounds.isRunning());
    }
}
