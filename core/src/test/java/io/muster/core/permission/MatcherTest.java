package io.muster.core.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {

    private static final Variables PUMP =
            new Variables("pump-1", Optional.of("192.0.2.7"), Optional.empty(), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "a/b,a/b,YES",
        "a/b,a/c,NO",
        "a/*,a/b/c,YES",
        "a/*,a/,YES",
        "a/*,a,NO",
        "*,'',YES",
        "**,x,YES",
        "a?c,abc,YES",
        "a?c,ac,NO",
        "a?c,a😀c,YES",
        "*b,abab,YES",
        "*a*b*,xaxbx,YES",
        "*a*b*,xbxax,NO",
        "a/+/#,a/+/#,YES",
        "a/+/#,a/b/c,NO",
        "${iot:ClientId}/x,pump-1/x,YES",
        "${iot:ClientId}/x,pump-2/x,NO",
        "${*}${?}${$}{x},*?${x},YES",
        "${*},x,NO",
        "$aws/x,$aws/x,YES",
        "a/${iot:CertificateId}/b,a/anything/b,UNKNOWN",
        "a/${iot:CertificateId}/b,c/anything/b,NO",
    })
    void a_pattern_covers_what_its_wildcards_and_variables_say(String pattern, String text, Truth expected) {
        assertThat(matcher(pattern).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "a$", "a+", "a?", "#", ""})
    void a_value_that_could_be_a_pattern_is_no_value(String clientId) {
        Variables hostile = new Variables(clientId, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(Matcher.of(glob("x/${iot:ClientId}"), hostile).matches("x/" + clientId))
                .isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void a_value_of_more_than_1024_characters_is_no_value() {
        for (int length : new int[] {1_024, 1_025}) {
            String id = "x".repeat(length);
            Variables variables = new Variables(id, Optional.empty(), Optional.empty(), Optional.empty());
            assertThat(Matcher.of(glob("${iot:ClientId}"), variables).matches(id))
                    .isEqualTo(length == 1_024 ? Truth.YES : Truth.UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${iot:Clientid}", "a${cognito-identity.amazonaws.com:sub}", "${iot:ClientId"})
    void a_variable_that_is_not_known_is_refused_by_name(String pattern) {
        assertThat(Glob.parse(pattern, true)).isInstanceOfSatisfying(Parsed.Bad.class, bad -> assertThat(bad.what())
                .contains(pattern.substring(pattern.indexOf('$'))));
    }

    @Test
    void it_agrees_with_regular_expressions_on_small_texts() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 20_000; i++) {
            String pattern = any(random, "ab*?/");
            String text = any(random, "ab/");
            Pattern regex = Pattern.compile(pattern.replace("*", ".*").replace("?", "."));
            assertThat(matcher(pattern).matches(text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(Truth.of(regex.matcher(text).matches()));
        }
    }

    @Test
    @Timeout(20)
    void no_pattern_takes_long() {
        String text = "a".repeat(Ask.MAX_LENGTH);
        for (String pattern :
                new String[] {"*a".repeat(1_000) + "b", "*" + "?".repeat(900) + "b*c", "a*".repeat(1_000) + "c"}) {
            Matcher matcher = matcher(pattern);
            for (int i = 0; i < 100; i++) {
                assertThat(matcher.matches(text)).isEqualTo(Truth.NO);
            }
        }
    }

    private static Matcher matcher(String pattern) {
        return Matcher.of(glob(pattern), PUMP);
    }

    private static Glob glob(String pattern) {
        return switch (Glob.parse(pattern, true)) {
            case Parsed.Good<Glob>(Glob glob) -> glob;
            case Parsed.Bad<Glob>(String what, String _) -> throw new AssertionError(what);
        };
    }

    private static String any(Random random, String alphabet) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(9); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
