package io.muster.outlets.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.telemetry.Judgment;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.RouteCondition;
import io.muster.outlets.testkit.Said;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelConditionsTest {

    private static final Message WARM = Said.of(
            "{\"temp\":31.5,\"n\":3,\"tags\":[\"a\",\"b\"],\"alarm\":{\"level\":\"high\"},\"none\":null}",
            "{\"firmware\":\"1.2\"}",
            Map.of("kind", "reading"));

    private final CelConditions conditions = new CelConditions();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "tenant == 'acme' && type == 'pump' && region == 'eu' && hub == 'eu-1'",
                "enrollment == 'pumps' && device == 'dev-1' && registration == 'Pump-1'",
                "topic.startsWith('t/') && topic.matches('^t/dev-[0-9]+$') && qos == 1 && bytes < 200",
                "properties['kind'] == 'reading' && properties.kind.endsWith('ing') && !('x' in properties)",
                "facts.firmware == '1.2' && !has(facts.location)",
                "payload.temp > 30 && payload.temp == 31.5 && payload.n == 3 && payload.n >= 2.5",
                "'a' in payload.tags && payload.tags.exists(it, it == 'b') && size(payload.tags) == 2",
                "has(payload.alarm) && payload.alarm.level == 'high' && payload.none == null",
                "text.contains('alarm')"
            })
    void a_message_can_be_asked_for_everything_that_is_known_of_it(String expression) {
        assertThat(judge(expression, WARM)).isInstanceOf(Judgment.Holds.class);
    }

    @Test
    void what_is_not_so_does_not_hold() {
        assertThat(judge("payload.temp > 40", WARM)).isInstanceOf(Judgment.DoesNotHold.class);
        assertThat(judge("has(payload.temp) && payload.temp > 40", Said.of("no JSON")))
                .isInstanceOf(Judgment.DoesNotHold.class);
        assertThat(judge("text != ''", Said.of(new byte[] {(byte) 0xff}))).isInstanceOf(Judgment.DoesNotHold.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload.humidity > 30",
                "payload.temp / 0 == 1",
                "payload.n / 0 == 1",
                "payload.temp > 'warm'",
                "payload.n",
                "properties.missing == 'x'",
                "payload.tags[7] == 'a'",
                "int(payload.alarm.level) > 3"
            })
    void what_fails_on_a_message_cannot_be_told(String expression) {
        assertThat(judge(expression, WARM)).isInstanceOfSatisfying(Judgment.CannotTell.class, it -> assertThat(it.why())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(300));
    }

    @Test
    void a_mistake_is_named_with_its_place() {
        assertThat(faulty("tenant == 'acme' &&")).contains("1:");
        assertThat(faulty("tenannt == 'acme'")).contains("1:1").contains("tenannt");
        assertThat(faulty("qos == 'one'")).contains("1:5").contains("_==_");
        assertThat(faulty("tenant")).contains("bool");
        assertThat(faulty("")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload.a.exists(x, payload.a.exists(y, payload.a.exists(z, x == y && y == z)))",
                "payload.a.all(x, payload.a.all(y, x != y))",
                "payload.a.exists(x, x.matches('(a|aa)*b'))",
                "text.matches(payload.pattern)",
                "text.matches(properties['p'] + '.*')",
                "payload.a.map(x, x + text).size() > 3",
                "[[text,text].map(x, x + text), [text]].exists(l, l.map(x, x + text + text).size() > 3)"
            })
    void what_could_take_long_on_some_message_is_refused_at_the_start(String expression) {
        assertThat(conditions.compile(expression)).isInstanceOf(Compiled.Faulty.class);
    }

    @Test
    void what_is_too_long_or_too_deep_is_refused_at_the_start() {
        assertThat(faulty("qos == 1 || ".repeat(1_000) + "true")).contains("4096 characters");
        assertThat(faulty("(".repeat(300) + "true" + ")".repeat(300))).isNotBlank();
        assertThat(faulty("[".repeat(200) + "]".repeat(200) + " == []")).isNotBlank();
        assertThat(faulty("true || (false && ".repeat(80) + "true" + ")".repeat(80)))
                .isNotBlank();
        assertThat(faulty("text.matches('((a{1,30}){1,30}){1,30}')")).contains("too large");
        assertThat(faulty("text.matches('(')")).contains("missing closing )");
    }

    /// The device chooses how long the list is.
    @Test
    void a_loop_that_goes_on_for_long_is_cut_off() {
        Message message =
                Said.of(IntStream.range(0, 60_000).mapToObj(i -> "1").collect(Collectors.joining(",", "[", "]")));
        assertThat(judge("payload.all(x, x == 1)", message)).isInstanceOf(Judgment.CannotTell.class);
    }

    @Test
    void the_dearest_expression_on_the_largest_message_ends_soon() {
        String letters = "a".repeat(250_000);
        RouteCondition condition =
                usable("text.matches('^(a|b|ab)*c$') || payload.exists(x, x.startsWith('aaaaaaab'))");
        Message message = Said.of(("\"" + letters + "\"").getBytes(StandardCharsets.UTF_8));
        condition.about(message);
        long began = System.nanoTime();
        condition.about(message);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    private Judgment judge(String expression, Message message) {
        return usable(expression).about(message);
    }

    private RouteCondition usable(String expression) {
        Compiled compiled = conditions.compile(expression);
        assertThat(compiled).isInstanceOf(Compiled.Usable.class);
        return ((Compiled.Usable) compiled).condition();
    }

    private String faulty(String expression) {
        Compiled compiled = conditions.compile(expression);
        assertThat(compiled).isInstanceOf(Compiled.Faulty.class);
        return ((Compiled.Faulty) compiled).why();
    }
}
