package io.muster.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "pump-1",
                "Pump_1.EU:7",
                "-",
                "_",
                ":",
                ".hidden",
                "..a",
                "a..b",
                "a.b-c_d:e",
                "con",
                "NULL"
            })
    void an_id_of_the_alphabet_is_parsed_and_keeps_its_spelling(String text) {
        assertThat(RegistrationId.parse(text)).hasValueSatisfying(id -> {
            assertThat(id.display()).isEqualTo(text);
            assertThat(id.canonical()).isEqualTo(text.toLowerCase(Locale.ROOT));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "...",
                "pump-1.",
                "../../etc",
                "..\\..\\etc",
                "%2e%2e%2f",
                "pump/1",
                "pump\u00001",
                "pump-1\u0000",
                "pump 1",
                " pump-1",
                "pump-1 ",
                "pump-1\n",
                "pump\r\n1",
                "pump\t1",
                "\u202epump-1",
                "pump\u200b1",
                "\ufeffpump-1",
                "p\u00fcmp-1",
                "pu\u0308mp-1",
                "\u0440ump-1",
                "\uff50ump-1",
                "\u212aelvin",
                "\u0130d",
                "pump-\u0661",
                "pump\u20101",
                "\ud83d\ude97",
                "\ud83d",
                "${jndi:ldap}",
                "{{7*7}}",
                "#{1}",
                "=cmd()",
                "a'b",
                "a\"b",
                "a;b",
                "a*",
                "a+b",
                "a#b",
                "a@b",
                "a$b",
                "a,b",
                "<b>",
                "a=b"
            })
    void what_is_not_an_id_never_becomes_one(String text) {
        assertThat(RegistrationId.parse(text)).isEmpty();
    }

    @Test
    void an_id_has_at_most_128_characters() {
        assertThat(RegistrationId.parse("x".repeat(128))).isPresent();
        assertThat(RegistrationId.parse("x".repeat(129))).isEmpty();
        assertThat(RegistrationId.parse("x".repeat(10_000_000))).isEmpty();
    }

    @Test
    void of_all_characters_exactly_66_are_allowed() {
        Set<Character> allowed = new HashSet<>();
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            if (RegistrationId.parse("a" + (char) c + "a").isPresent()) {
                allowed.add((char) c);
            }
        }
        assertThat(allowed).hasSize(26 + 26 + 10 + 4).contains('A', 'z', '0', '-', '.', '_', ':');
    }

    @Test
    void two_spellings_of_case_are_one_id() {
        RegistrationId first = RegistrationId.parse("Pump-1").orElseThrow();
        RegistrationId second = RegistrationId.parse("pUMP-1").orElseThrow();
        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second).hasToString("Pump-1");
        assertThat(second).hasToString("pUMP-1");
        assertThat(first).isNotEqualTo(RegistrationId.parse("pump-2").orElseThrow());
    }

    @Test
    void case_is_folded_the_same_way_in_every_language() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(RegistrationId.parse("METER-I").orElseThrow().canonical())
                    .isEqualTo("meter-i");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void composed_and_decomposed_letters_are_refused_alike() {
        String composed = "m\u00e9ter";
        assertThat(RegistrationId.parse(composed)).isEmpty();
        assertThat(RegistrationId.parse(Normalizer.normalize(composed, Normalizer.Form.NFD)))
                .isEmpty();
    }

    @Test
    void the_symmetric_identity_key_of_two_spellings_is_one() {
        assertThat(IdentityKey.ofSymmetric(RegistrationId.parse("PUMP-1").orElseThrow()))
                .isEqualTo(
                        IdentityKey.ofSymmetric(RegistrationId.parse("pump-1").orElseThrow()));
    }
}
