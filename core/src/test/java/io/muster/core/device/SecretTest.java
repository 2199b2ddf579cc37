package io.muster.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.testkit.Sample;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void a_secret_never_prints_and_its_hash_tells_its_length_alone() {
        Secret secret = Secret.of("swordfish-swordfish".getBytes(StandardCharsets.UTF_8));
        assertThat(secret).hasToString("secret").hasSameHashCodeAs(Secret.of(new byte[19]));
    }

    @Test
    void a_secret_equals_the_same_bytes_alone_and_cannot_be_changed_from_outside() {
        byte[] mine = {1, 2, 3};
        Secret secret = Secret.of(mine);
        mine[0] = 9;
        secret.reveal()[1] = 9;
        assertThat(secret).isEqualTo(Secret.of(new byte[] {1, 2, 3})).isNotEqualTo(Secret.of(new byte[] {1, 2, 4}));
        assertThat(secret.size()).isEqualTo(3);
    }

    @Test
    void an_enrollment_and_a_request_print_without_their_secrets() {
        assertThat(Sample.group("pumps", "swordfish").toString())
                .contains("pumps")
                .doesNotContain("swordfish");
        assertThat(Sample.request(Sample.PUMP_1, "swordfish", "k1").toString())
                .contains("pump-1")
                .doesNotContain("swordfish");
    }
}
