package io.muster.core.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.door.Problem.Category;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTest {

    private static final Problem ENDED =
            new Problem("ended", Category.CONFLICT, "It ended", "It ended so.", "Begin again.", false);

    static Stream<Refusal> refusals() {
        return kinds(Refusal.class).map(WordingTest::example);
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses())
                .flatMap(kind -> kind.isSealed() ? kinds(kind) : Stream.<Class<?>>of(kind));
    }

    @Test
    void every_refusal_has_a_code_of_its_own() {
        assertThat(refusals().map(refusal -> Problem.of(refusal).code()))
                .hasSize((int) kinds(Refusal.class).count())
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_says_what_why_and_what_to_do(Refusal refusal) {
        Problem problem = Problem.of(refusal);
        assertThat(problem.code()).matches("[a-z]+(_[a-z]+)*");
        assertThat(problem.title()).matches("(?s)[A-Z].{5,79}").doesNotEndWith(".");
        assertThat(problem.detail()).isNotBlank();
        assertThat(problem.remedy()).matches("(?s)[A-Z].{5,}[.]");
    }

    /// A device is told the code and the title, whoever it is: neither may depend on what the refusal carries.
    @ParameterizedTest
    @MethodSource("refusals")
    void what_a_device_is_told_names_nothing_of_ours(Refusal refusal) {
        Problem problem = Problem.of(refusal);
        assertThat(problem.code() + problem.title()).doesNotContain("carried-text", "2026", "4711");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void only_what_is_unavailable_may_be_tried_again_unchanged(Refusal refusal) {
        Problem problem = Problem.of(refusal);
        assertThat(problem.retryable()).isEqualTo(problem.category() == Category.UNAVAILABLE);
    }

    @Test
    void no_refusal_can_carry_a_secret_or_raw_bytes() {
        List<Class<?>> carried = kinds(Refusal.class)
                .flatMap(type -> Arrays.stream(type.getRecordComponents()))
                .<Class<?>>map(RecordComponent::getType)
                .distinct()
                .toList();
        assertThat(carried)
                .isSubsetOf(String.class, long.class, int.class, Instant.class, Duration.class, Problem.class);
    }

    @Test
    void an_operation_that_ended_is_told_in_the_words_of_its_end() {
        assertThat(Problem.of(new Refusal.OperationEnded(ENDED))).isEqualTo(ENDED);
    }

    @Test
    void a_failed_check_carries_the_words_of_its_refusal() {
        Check check = Check.fail("carried-text", new Refusal.TokenSignatureWrong());
        Problem problem = Problem.of(new Refusal.TokenSignatureWrong());
        assertThat(check)
                .isEqualTo(new Check(
                        problem.code(), "carried-text", Check.Verdict.FAIL, problem.detail(), problem.remedy()));
    }

    private static Refusal example(Class<?> type) {
        Object[] values = Arrays.stream(type.getRecordComponents())
                .map(component -> value(component.getType()))
                .toArray();
        try {
            return (Refusal) type.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot make an example of " + type, e);
        }
    }

    private static Object value(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "String" -> "carried-text";
            case "long" -> 4711L;
            case "int" -> 4711;
            case "Instant" -> Instant.parse("2026-05-04T03:02:01Z");
            case "Duration" -> Duration.ofDays(4711);
            case "Problem" -> ENDED;
            default -> throw new AssertionError("no example of " + type);
        };
    }
}
