package io.muster.core.template;

import static io.muster.core.template.Sketch.HERE;
import static io.muster.core.template.Sketch.evaluated;
import static io.muster.core.template.Sketch.items;
import static io.muster.core.template.Sketch.literal;
import static io.muster.core.template.Sketch.ref;
import static io.muster.core.template.Sketch.sub;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    @Test
    void a_reference_is_what_the_device_sent_or_the_standard_value() {
        assertThat(evaluated(ref("Place"), Map.of("Place", "south"))).isEqualTo("south");
        assertThat(evaluated(ref("Place"), Map.of())).isEqualTo("north");
    }

    @Test
    void the_certificates_id_needs_no_declaration_and_cannot_be_sent() {
        assertThat(evaluated(ref(CertificateFacts.ID), Map.of(CertificateFacts.ID, "forged")))
                .isEqualTo("c0ffee");
    }

    @Test
    void a_join_puts_its_delimiter_between_the_values() {
        Expression join = new Expression.Join(HERE, "-", items(literal("a"), ref("Place"), literal("")));
        assertThat(evaluated(join, Map.of())).isEqualTo("a-north-");
        assertThat(evaluated(new Expression.Join(HERE, "-", items()), Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,a", "1,''", "2,b"})
    void one_part_of_a_split_text_is_selected(String index, String part) {
        Expression.Listed split = new Expression.Listed.Split(HERE, ",", ref("Place"));
        assertThat(evaluated(new Expression.Select(HERE, literal(index), split), Map.of("Place", "a,,b")))
                .isEqualTo(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "x", "", "99999999999", "1.0", "٣"})
    void an_index_outside_of_the_list_is_a_fault(String index) {
        Expression.Listed list = items(literal("a"), literal("b"), literal("c"));
        assertThat(evaluated(new Expression.Select(HERE, ref("Place"), list), Map.of("Place", index)))
                .startsWith("impossible: Fn::Select wants item");
        assertThat(evaluated(new Expression.Select(HERE, literal(index), list), Map.of()))
                .startsWith("unreadable: Fn::Select wants item");
    }

    @Test
    void a_map_is_looked_up_by_keys_that_the_device_sends() {
        Expression find = new Expression.FindInMap(HERE, "hubs", ref("Place"), literal("url"));
        assertThat(evaluated(find, Map.of())).isEqualTo("n.example.com");
        assertThat(evaluated(find, Map.of("Place", "moon")))
                .isEqualTo("impossible: The map hubs has no \"url\" under \"moon\"");
    }

    @Test
    void a_map_that_is_not_there_is_found_before_any_device_comes() {
        assertThat(evaluated(new Expression.FindInMap(HERE, "nowhere", ref("Place"), literal("url")), Map.of()))
                .startsWith("unreadable: Fn::FindInMap");
        assertThat(evaluated(new Expression.FindInMap(HERE, "hubs", literal("moon"), ref("Place")), Map.of()))
                .startsWith("unreadable: Fn::FindInMap");
        assertThat(evaluated(new Expression.FindInMap(HERE, "hubs", literal("north"), literal("x")), Map.of()))
                .startsWith("unreadable: Fn::FindInMap");
    }

    @Test
    void a_text_is_filled_with_parameters_and_with_names_of_its_own() {
        assertThat(evaluated(sub("$ ${Place}/${ x }/${!Place} }", Map.of("x", ref("Serial"))), Map.of()))
                .isEqualTo("$ north/pump-1/${Place} }");
        assertThat(evaluated(sub("${Place}", Map.of("Place", literal("own"))), Map.of()))
                .isEqualTo("own");
    }

    @Test
    void what_is_filled_in_is_never_filled_again() {
        assertThat(evaluated(sub("${a}", Map.of("a", ref("Place"), "b", literal("no"))), Map.of("Place", "${b}${a}")))
                .isEqualTo("${b}${a}");
    }

    @Test
    void the_names_of_a_text_do_not_see_one_another() {
        assertThat(evaluated(sub("${a}", Map.of("a", sub("${a}", Map.of()))), Map.of()))
                .isEqualTo("unreadable: \"a\" is not a parameter of this template");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${}", "${!}", "${ }", "${a${b}", "x${"})
    void a_text_with_a_broken_place_is_none(String text) {
        assertThat(SubText.parse(text)).isEmpty();
    }

    @Test
    void sixteen_functions_may_stand_in_one_another_and_no_more() {
        assertThat(evaluated(nested(16), Map.of())).isEqualTo("north");
        assertThat(evaluated(nested(17), Map.of())).startsWith("unreadable: Functions stand more than 16 deep");
    }

    @Test
    void a_text_that_multiplies_is_stopped() {
        Expression text = ref("Place");
        for (int i = 0; i < 10; i++) {
            text = sub("${x}".repeat(20), Map.of("x", text));
        }
        assertThat(evaluated(text, Map.of("Place", "x".repeat(800))))
                .startsWith("impossible: The text becomes longer than 10240");
    }

    @Test
    @Timeout(10)
    void work_does_not_multiply_from_depth_to_depth() {
        Expression text = ref("Place");
        for (int i = 0; i < 15; i++) {
            text = sub("${x}".repeat(20), Map.of("x", text));
        }
        assertThat(evaluated(text, Map.of("Place", ""))).isEmpty();
    }

    @Test
    void any_expression_becomes_a_bounded_text_or_a_fault() {
        Random random = new Random(20_261_123);
        for (int i = 0; i < 5_000; i++) {
            Expression expression = any(random, 5);
            Map<String, String> sent = Map.of("Place", "a,b".repeat(random.nextInt(40)), "Serial", "s" + i);
            assertThat(evaluated(expression, sent)).hasSizeLessThanOrEqualTo(Expression.MAX_TEXT);
            assertThat(evaluated(expression, sent)).isEqualTo(evaluated(expression, sent));
        }
    }

    private static Expression nested(int functions) {
        Expression expression = ref("Place");
        for (int i = 0; i < functions; i++) {
            expression = new Expression.Join(HERE, "", items(expression));
        }
        return expression;
    }

    private static Expression any(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(2) : random.nextInt(6)) {
            case 0 -> literal(Integer.toString(random.nextInt(4)));
            case 1 -> ref(random.nextBoolean() ? "Place" : "Serial");
            case 2 -> new Expression.Join(HERE, ",", anyList(random, depth));
            case 3 -> new Expression.Select(HERE, any(random, 0), anyList(random, depth));
            case 4 -> new Expression.FindInMap(HERE, "hubs", any(random, depth - 1), any(random, depth - 1));
            default -> sub("${x}${Place}${x}", Map.of("x", any(random, depth - 1)));
        };
    }

    private static Expression.Listed anyList(Random random, int depth) {
        return random.nextBoolean()
                ? items(any(random, depth - 1), any(random, depth - 1), any(random, depth - 1))
                : new Expression.Listed.Split(HERE, ",", any(random, depth - 1));
    }
}
