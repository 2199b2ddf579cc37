package io.muster.x509.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.x509.engine.SignatureEngine.Maker;
import org.junit.jupiter.api.Test;

class SignatureEngineTest {

    @Test
    void the_choice_is_a_fact_that_the_start_can_tell() {
        assertThat(SignatureEngine.choose().statement()).startsWith("certificate signatures are checked by ");
    }

    @Test
    void where_native_code_does_not_load_the_next_one_is_taken_and_the_reason_is_told() {
        SignatureEngine engine = FirstThatWorks.choose(maker -> {
            if (maker == Maker.CONSCRYPT) {
                throw new UnsatisfiedLinkError("version `GLIBC_2.35' not found");
            }
            return SignatureEngine.of(maker);
        });

        assertThat(engine.maker()).isEqualTo(Maker.BOUNCY_CASTLE);
        assertThat(engine.statement()).contains("Bouncy Castle", "because", "GLIBC_2.35");
    }

    @Test
    void where_nothing_works_the_start_stops() {
        assertThatThrownBy(() -> FirstThatWorks.choose(maker -> {
                    throw new NoClassDefFoundError(maker.name());
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no provider");
    }
}
