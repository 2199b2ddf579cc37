package io.muster.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Pumps_v1", "a+b=c,d.e@f-g", "...", ".a", "AllowEverything"})
    void what_aws_takes_is_a_name_and_keeps_its_case(String text) {
        assertThat(PolicyName.parse(text)).contains(new PolicyName(text));
        assertThat(new PolicyName(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "a:b", "ä", "a\n", "${a}", "*"})
    void what_a_path_or_a_log_could_misread_is_none(String text) {
        assertThat(PolicyName.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new PolicyName(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 128})
    void a_name_has_at_most_128_characters(int length) {
        assertThat(PolicyName.parse("a".repeat(length))).isPresent();
        assertThat(PolicyName.parse("a".repeat(length + 128))).isEmpty();
    }
}
