package io.muster.cli.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class QueryTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final JsonNode DOCUMENT = json("""
            {"items": [
              {"id": "pump-1", "version": 2, "state": "enabled", "tags": ["a", "b"], "hub": {"name": "eu-1"}},
              {"id": "pump-2", "version": 10, "state": "quarantined", "tags": ["c"], "quote\\"d": "it's"},
              {"id": "pump-3", "version": 1.5, "state": "enabled", "tags": [], "hub": null}
            ], "next": "abc"}""");

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '|', textBlock = """
            next                                               ~ "abc"
            items[0].id                                        ~ "pump-1"
            items[-1].version                                  ~ 1.5
            items[].tags[]                                     ~ ["a","b","c"]
            items[?version > `1.7`].id                         ~ ["pump-1","pump-2"]
            items[?state == 'enabled' && hub.name].id          ~ ["pump-1"]
            items[].hub.name                                   ~ ["eu-1"]
            items[:2].{i: id, v: version}                      ~ [{"i":"pump-1","v":2},{"i":"pump-2","v":10}]
            items[::-1].id                                     ~ ["pump-3","pump-2","pump-1"]
            sort_by(items, &version)[].id                      ~ ["pump-3","pump-1","pump-2"]
            max_by(items, &version).id                         ~ "pump-2"
            sum(items[].version)                               ~ 13.5
            avg(`[1, 2]`)                                      ~ 1.5
            length(items)                                      ~ 3
            join(', ', items[].id)                             ~ "pump-1, pump-2, pump-3"
            keys(items[0].hub)                                 ~ ["name"]
            items[1]."quote\\"d"                               ~ "it's"
            to_string(items[1])                                ~ "{\\"id\\":\\"pump-2\\",\\"version\\":10,\\"state\\":\\"quarantined\\",\\"tags\\":[\\"c\\"],\\"quote\\\\\\"d\\":\\"it's\\"}"
            merge(items[0].hub, `{"a": 1}`)                    ~ {"name":"eu-1","a":1}
            contains(items[].id, 'pump-2')                     ~ true
            type(items)                                        ~ "array"
            missing                                            ~ null
            items.*                                            ~ null
            *                                                  ~ [[{"id":"pump-1","version":2,"state":"enabled","tags":["a","b"],"hub":{"name":"eu-1"}},{"id":"pump-2","version":10,"state":"quarantined","tags":["c"],"quote\\"d":"it's"},{"id":"pump-3","version":1.5,"state":"enabled","tags":[],"hub":null}],"abc"]
            """)
    void an_expression_picks_what_the_specification_says(String expression, String found) {
        assertThat(of(expression)).isInstanceOfSatisfying(Query.Found.Value.class, value -> assertThat(value.value())
                .hasToString(json(found).toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "items[",
                "items[0",
                "items]",
                "items.",
                "'open",
                "`{`",
                "`1e`",
                "[?",
                "a b",
                "\u0000",
                "\ud800",
                "{a: }",
                "a[1:2:3:4]",
                "foo(",
                "@@",
                "99999999999999999999[0]"
            })
    void what_is_no_expression_is_told_and_never_evaluated(String text) {
        assertThat(Query.read(text)).isInstanceOf(Query.Read.Wrong.class);
    }

    @Test
    void an_expression_is_bounded_in_length_and_depth() {
        assertThat(Query.read("a".repeat(1024))).isInstanceOf(Query.Read.Good.class);
        assertThat(Query.read("a".repeat(1025)))
                .isEqualTo(new Query.Read.Wrong("it has 1025 characters, and may have 1024"));
        assertThat(Query.read("(".repeat(64) + "a" + ")".repeat(64))).isInstanceOf(Query.Read.Good.class);
        assertThat(Query.read("(".repeat(65) + "a" + ")".repeat(65)))
                .isEqualTo(new Query.Read.Wrong("it is nested 65 deep, and may be 64"));
        assertThat(Query.read("'" + "(".repeat(500) + "'")).isInstanceOf(Query.Read.Good.class);
    }

    @Test
    void the_longest_chains_of_each_kind_fit_a_small_stack() throws InterruptedException {
        for (String chain : new String[] {
            "!".repeat(1023) + "@",
            "a" + ".a".repeat(511),
            "a" + "|a".repeat(511),
            "a" + "[]".repeat(511),
            "a" + "[0]".repeat(341),
            "a" + "||a".repeat(341),
            "a" + "[*]".repeat(341),
            "a" + ".*".repeat(511),
            "a" + "==a".repeat(341),
            "*.".repeat(500) + "*"
        }) {
            AtomicLong depth = new AtomicLong(-1);
            Thread small = new Thread(null, () -> depth.set(of(chain).hashCode() & 0xffff), "small", 512 * 1024);
            small.start();
            small.join();
            assertThat(depth.get()).as(chain.substring(0, 8)).isNotNegative();
        }
    }

    @Test
    void a_result_that_doubles_with_each_step_is_stopped() {
        assertThat(of("[@,@]" + "|[@,@]".repeat(160))).isInstanceOf(Query.Found.Failed.class);
        assertThat(of("{a:@,b:@}" + "|{a:@,b:@}".repeat(90))).isInstanceOf(Query.Found.Failed.class);
        assertThat(of("[@,@]" + "|[@,@]".repeat(100) + "|to_string(@)")).isInstanceOf(Query.Found.Failed.class);
        assertThat(of("[@,@][]" + "|[@,@][]".repeat(100))).isInstanceOf(Query.Found.Failed.class);
        assertThat(of("[next,next]" + "|[join('',@),join('',@)]".repeat(40))).isInstanceOf(Query.Found.Failed.class);
        assertThat(of("{a:[@,@]|[@,@]|[@,@]|[@,@]|[@,@]|[@,@]|[@,@]|[@,@]|[@,@]|[@,@]|[@,@]|[@,@]}.a==`1`"))
                .isEqualTo(new Query.Found.Value(json("false")));
    }

    @Test
    void a_result_that_is_small_and_slow_to_find_is_stopped() {
        String many = "items[].id" + "|[@,@,@,@,@,@,@,@,@,@][]".repeat(5);
        Query slow = good(many + "|sort_by(@,&join('',[@,@,@,@,@,@,@,@]))|length(@)");
        assertThat(slow.of(DOCUMENT, () -> 0))
                .isEqualTo(new Query.Found.Failed(
                        "costs too much: it takes more than 20 million steps.",
                        "Ask for less, or take -o json and pick from that."));
    }

    @Test
    void the_clock_ends_what_the_count_of_steps_would_allow() {
        AtomicLong now = new AtomicLong();
        Query query = good("items[*].[id,id,id]" + "|[@,@,@,@,@,@,@,@][]".repeat(6) + "|length(@)");
        assertThat(query.of(DOCUMENT, now::get)).isInstanceOf(Query.Found.Value.class);
        Query.Found late =
                query.of(DOCUMENT, () -> now.getAndAdd(Duration.ofSeconds(6).toNanos()));
        assertThat(late)
                .isEqualTo(new Query.Found.Failed(
                        "costs too much: it takes more than 5 seconds.",
                        "Ask for less, or take -o json and pick from that."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "length(`1`)",
                "length(items[0].version)",
                "sum(items)",
                "nosuch(@)",
                "abs('a')",
                "length()",
                "items[::0]",
                "sort_by(items, &tags)",
                "sort_by(items, &nothing)",
                "join(',', items)",
                "max([`1`,'a'])",
                "sum([`9223372036854775807`,`9223372036854775807`])"
            })
    void what_does_not_fit_is_told(String expression) {
        assertThat(of(expression)).isInstanceOf(Query.Found.Failed.class);
    }

    @Test
    void numbers_of_any_size_cost_no_more_than_others() {
        assertThat(of("`1e999999999`")).isNotNull();
        assertThat(of("sum([`1e308`,`1e308`])")).isEqualTo(new Query.Found.Value(json("null")));
        assertThat(of("`123456789012345678901234567890` > `1`")).isEqualTo(new Query.Found.Value(json("true")));
    }

    /// Expressions that nobody would type, put together at random from what the language has; always the same ones.
    @Test
    void whatever_is_typed_ends_in_a_value_or_in_words() {
        String[] pieces = {
            "a",
            "items",
            "id",
            "version",
            ".",
            "[",
            "]",
            "[]",
            "[*]",
            "*",
            "(",
            ")",
            "{",
            "}",
            "|",
            "||",
            "&&",
            "!",
            "@",
            "&",
            ",",
            ":",
            "?",
            "==",
            "<",
            ">=",
            "'x'",
            "`1`",
            "`[1,null]`",
            "`{\"a\":1}`",
            "\"id\"",
            "-1",
            "0",
            "[0]",
            "[::-1]",
            "[?",
            "length(",
            "sort_by(",
            "join('',",
            "map(&",
            "merge(",
            "to_number(",
            "sum(",
            "max_by(",
            "reverse(",
            "keys(",
            "not_null(",
            "contains(",
            "type(",
            "to_array(",
            "avg(",
            " "
        };
        Random random = new Random(20_261_124);
        int read = 0;
        for (int i = 0; i < 60_000; i++) {
            String text = random.ints(1 + random.nextInt(9), 0, pieces.length)
                    .mapToObj(piece -> pieces[piece])
                    .collect(Collectors.joining());
            if (Query.read(text) instanceof Query.Read.Good(Query query)) {
                read++;
                assertThat(query.of(DOCUMENT, System::nanoTime)).as(text).isNotNull();
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    private static Query.Found of(String expression) {
        return good(expression).of(DOCUMENT, System::nanoTime);
    }

    private static Query good(String expression) {
        return switch (Query.read(expression)) {
            case Query.Read.Good(Query query) -> query;
            case Query.Read.Wrong(String why) -> throw new AssertionError(expression + ": " + why);
        };
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
