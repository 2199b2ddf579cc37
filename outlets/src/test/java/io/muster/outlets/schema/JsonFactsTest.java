package io.muster.outlets.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Json;
import io.muster.core.policy.Facts;
import io.muster.core.template.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFactsTest {

    private static final Json PUMP = new Json("""
            {"type":"object","required":["type","firmware"],"additionalProperties":false,"properties":{
              "type":{"enum":["pump","valve"]},
              "firmware":{"type":"string","pattern":"^[0-9]{1,3}[.][0-9]{1,3}$"},
              "location":{"$ref":"#/$defs/location"},
              "seen":{"type":"string","format":"date-time"},
              "capabilities":{"type":"array","maxItems":4,"items":{"type":"string","maxLength":16}}},
             "$defs":{"location":{"type":"object","properties":{"lat":{"type":"number","minimum":-90,"maximum":90}}}}}
            """);

    private final JsonFacts facts = new JsonFacts();

    @Test
    void facts_that_fit_fit() {
        assertThat(facts.flaw(PUMP)).isEmpty();
        assertThat(facts.misfit(PUMP, new Json("""
                {"type":"pump","firmware":"2.1","location":{"lat":48.2},"capabilities":["wifi"],
                 "seen":"2026-11-30T10:00:00Z"}"""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{`type`:`pump`}| |/required (firmware)",
                "{`type`:`boat`,`firmware`:`2.1`}|/type|/properties/type/enum",
                "{`type`:`pump`,`firmware`:`two`}|/firmware|/properties/firmware/pattern",
                "{`type`:`pump`,`firmware`:21}|/firmware|/properties/firmware/type",
                "{`type`:`pump`,`firmware`:`2.1`,`secret`:`s3cr3t`}| |/additionalProperties",
                "{`type`:`pump`,`firmware`:`2.1`,`location`:{`lat`:91}}|/location/lat|/$defs/location/properties/lat/maximum",
                "{`type`:`pump`,`firmware`:`2.1`,`seen`:`yesterday`}|/seen|/properties/seen/format",
                "[]| |/type",
                "3| |/type"
            })
    void facts_that_do_not_fit_are_told_by_place_and_rule(String said, String place, String rule) {
        assertThat(facts.misfit(PUMP, new Json(said.replace('`', '"'))))
                .contains(new Facts.Misfit(place == null ? "" : place, rule));
    }

    @Test
    void nothing_of_a_value_and_little_of_a_name_is_told() {
        Json schema = new Json("{\"additionalProperties\":{\"type\":\"integer\"}}");
        String name = "n\\u0007ä" + "x".repeat(1_000);
        Facts.Misfit misfit =
                facts.misfit(schema, new Json("{\"" + name + "\":\"s3cr3t\"}")).orElseThrow();
        assertThat(misfit.toString())
                .doesNotContain("s3cr3t")
                .doesNotContain("\u0007")
                .doesNotContain("ä");
        assertThat(misfit.place()).startsWith("/n??xxx").hasSizeLessThan(140);
        assertThat(misfit.rule()).isEqualTo("/additionalProperties/type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{`requried`:[`a`]}|/requried",
                "{`properties`:{`a`:{`type`:`text`}}}|/properties/a/type",
                "{`properties`:{`a`:{`minimum`:`3`}}}|/properties/a/minimum",
                "{`properties`:[]}|/properties",
                "{`allOf`:{`a`:1}}|/allOf",
                "{`properties`:{`a`:3}}|/properties/a",
                "{`$ref`:`https://example.com/schema`}|/$ref",
                "{`$ref`:`file:///etc/passwd`}|/$ref",
                "{`$ref`:`#/$defs/none`}|/$ref",
                "{`$ref`:`#`}| ",
                "{`properties`:{`child`:{`$ref`:`#`}}}| ",
                "{`$id`:`https://example.com/`}|/$id",
                "{`$dynamicRef`:`#a`}|/$dynamicRef",
                "{`$schema`:`http://json-schema.org/draft-07/schema#`}|/$schema",
                "{`format`:`email`}|/format",
                "{`pattern`:`(?=a)b`}|/pattern",
                "{`pattern`:`(a)\\\\1`}|/pattern",
                "{`pattern`:`(`}|/pattern",
                "{`pattern`:`(((a{100}){100}){100}){100}`}|/pattern",
                "{`patternProperties`:{`((a{50}){50}){50}`:{}}}|/patternProperties/((a{50}){50}){50}",
                "{`multipleOf`:0}|/multipleOf",
                "{`a`:1,`a`:2}| ",
                "true| ",
                "{| "
            })
    void a_schema_that_is_not_taken_says_where(String schema, String place) {
        Optional<Fault> flaw = facts.flaw(new Json(schema.replace('`', '"')));
        assertThat(flaw).hasValueSatisfying(it -> {
            assertThat(it.place().pointer()).isEqualTo(place == null ? "" : place);
            assertThat(it.what()).endsWith(".");
            assertThat(it.remedy()).endsWith(".");
        });
    }

    @Test
    void references_that_double_at_each_step_are_refused_before_they_are_followed() {
        String steps = IntStream.range(0, 60)
                .mapToObj(n -> "\"s%d\":{\"allOf\":[{\"$ref\":\"#/$defs/s%d\"},{\"$ref\":\"#/$defs/s%d\"}]}"
                        .formatted(n, n + 1, n + 1))
                .collect(Collectors.joining(","));
        Json schema = new Json("{\"$ref\":\"#/$defs/s0\",\"$defs\":{" + steps + ",\"s60\":{\"type\":\"object\"}}}");
        assertThat(facts.flaw(schema))
                .hasValueSatisfying(it -> assertThat(it.what()).contains("too large"));
    }

    @Test
    void a_schema_beyond_64_KiB_or_too_deep_is_refused() {
        assertThat(facts.flaw(new Json("{\"title\":\"" + "x".repeat(65_536) + "\"}")))
                .hasValueSatisfying(it -> assertThat(it.what()).contains("65536 bytes"));
        String deep = "{\"not\":".repeat(50) + "{}" + "}".repeat(50);
        assertThat(facts.flaw(new Json(deep)))
                .hasValueSatisfying(it -> assertThat(it.what()).contains("too deep"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(.*a){20}"})
    void expressions_that_explode_elsewhere_take_linear_time(String expression) {
        Json schema = new Json("{\"properties\":{\"a\":{\"pattern\":\"" + expression + "\"}}}");
        assertThat(facts.flaw(schema)).isEmpty();
        Instant start = Instant.now();
        facts.misfit(schema, new Json("{\"a\":\"" + "a".repeat(30_000) + "!\"}"));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void work_is_bounded_by_the_size_of_facts_times_that_of_the_schema() {
        String all = IntStream.range(0, 2_000)
                .mapToObj(n -> "{\"minimum\":" + n + "}")
                .collect(Collectors.joining(","));
        Json schema = new Json("{\"properties\":{\"a\":{\"items\":{\"allOf\":[" + all + "]}}}}");
        assertThat(facts.flaw(schema)).isEmpty();
        String many = IntStream.range(0, 12_800).mapToObj(_ -> "9999").collect(Collectors.joining(","));
        assertThat(facts.misfit(schema, new Json("{\"a\":[" + many + "]}")))
                .contains(new Facts.Misfit("", JsonFacts.TOO_MUCH));
        assertThat(facts.misfit(schema, new Json("{\"a\":[9999]}"))).isEmpty();
    }

    @Test
    void what_is_set_stands_in_the_place_of_what_is_said_and_the_rest_stays_as_it_was_written() {
        assertThat(facts.over(
                        Optional.of(new Json("{\"a\":1.50,\"site\":{\"id\":\"x\"},\"n\":[1e3,null,\"é\"]}")),
                        new Json("{\"site\":\"A\",\"b\":2.0}")))
                .isEqualTo(new Json("{\"a\":1.50,\"n\":[1e3,null,\"é\"],\"site\":\"A\",\"b\":2.0}"));
        assertThat(facts.over(Optional.empty(), new Json("{\"b\":2}"))).isEqualTo(new Json("{\"b\":2}"));
        assertThat(facts.over(Optional.of(new Json("[1]")), new Json("{\"b\":2}")))
                .isEqualTo(new Json("{\"b\":2}"));
    }
}
