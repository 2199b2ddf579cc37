package io.muster.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "acme", "eu-1", "a-", "4711", "a--b"})
    void a_name_has_one_spelling(String text) {
        assertThat(Name.parse(text)).hasValueSatisfying(name -> assertThat(name).hasToString(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "Acme",
                "a.b",
                "a_b",
                "a b",
                "a/b",
                "..",
                "../../etc",
                "%2e%2e",
                "a\u0000",
                "a\n",
                "\u202ea",
                "\u0430cme",
                "\u00e9",
                "e\u0301",
                "\u0661",
                "a:b",
                "${a}"
            })
    void what_is_not_a_name_never_becomes_one(String text) {
        assertThat(Name.parse(text)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Name(text))
                .withMessageContaining(Name.RULE)
                .withMessageNotContaining("etc");
    }

    @Test
    void a_name_has_at_most_63_characters() {
        assertThat(Name.parse("x".repeat(63))).isPresent();
        assertThat(Name.parse("x".repeat(64))).isEmpty();
    }

    @Test
    void names_are_ordered_by_their_characters() {
        assertThat(new Name("a")).isLessThan(new Name("b")).isEqualByComparingTo(new Name("a"));
    }
}
