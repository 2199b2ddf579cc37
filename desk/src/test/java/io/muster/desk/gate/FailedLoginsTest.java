package io.muster.desk.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.gate.FailedLogins.Penalty;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class FailedLoginsTest {

    private final FailedLogins logins = new FailedLogins(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void each_failure_of_an_address_waits_twice_as_long_up_to_five_seconds() {
        assertThat(logins.failed("a")).isEqualTo(new Penalty.Wait(Duration.ofMillis(100)));
        assertThat(logins.failed("a")).isEqualTo(new Penalty.Wait(Duration.ofMillis(200)));
        assertThat(logins.failed("b")).isEqualTo(new Penalty.Wait(Duration.ofMillis(100)));
        for (int i = 0; i < 20; i++) {
            logins.failed("a");
        }
        assertThat(logins.failed("a")).isEqualTo(new Penalty.Wait(Duration.ofSeconds(5)));
        assertThat(logins.total()).isEqualTo(24);
    }

    @Test
    void a_valid_log_in_ends_the_penalty() {
        logins.failed("a");
        logins.failed("a");
        logins.succeeded("a");
        assertThat(logins.failed("a")).isEqualTo(new Penalty.Wait(Duration.ofMillis(100)));
    }

    @Test
    void so_many_wait_and_no_more() {
        for (int i = 0; i < 256; i++) {
            assertThat(logins.failed("address " + i)).isInstanceOf(Penalty.Wait.class);
        }
        assertThat(logins.failed("one more")).isInstanceOf(Penalty.TurnedAway.class);
        logins.answered();
        assertThat(logins.failed("one more")).isInstanceOf(Penalty.Wait.class);
    }
}
