package io.muster.doors.dps;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Goes through every refusal there is, so that a new one cannot be forgotten.
class DpsErrorTest {

    static Refusal[] refusals() throws Exception {
        Class<?>[] kinds = kinds(Refusal.class)
                .filter(kind -> kind != Refusal.OperationEnded.class)
                .toArray(Class<?>[]::new);
        Refusal[] refusals = new Refusal[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            Class<?>[] types = Arrays.stream(kinds[i].getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = kinds[i].getDeclaredConstructor(types);
            refusals[i] = (Refusal) constructor.newInstance(
                    Arrays.stream(types).map(DpsErrorTest::any).toArray());
        }
        return refusals;
    }

    /// The records below a sealed interface, however deep.
    private static Stream<Class<?>> kinds(Class<?> of) {
        return of.isRecord()
                ? Stream.of(of)
                : Arrays.stream(of.getPermittedSubclasses()).flatMap(DpsErrorTest::kinds);
    }

    private static Object any(Class<?> type) {
        if (type == String.class) {
            return "x";
        } else if (type == Instant.class) {
            return Instant.EPOCH;
        } else if (type == Duration.class) {
            return Duration.ZERO;
        } else if (type == long.class) {
            return 1L;
        }
        return 1;
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void the_status_in_the_number_is_that_of_the_refusals_category(Refusal refusal) {
        int status = DpsError.status(DpsError.number(refusal));

        assertThat(status)
                .isEqualTo(
                        switch (Problem.of(refusal).category()) {
                            case MALFORMED -> 400;
                            case UNAUTHENTICATED -> 401;
                            case FORBIDDEN -> 403;
                            case NOT_FOUND, UNSUPPORTED -> 404;
                            case CONFLICT -> 409;
                            case TOO_LARGE -> 413;
                            case UNAVAILABLE -> 503;
                        });
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_refusal_that_ended_an_operation_keeps_its_status(Refusal refusal) {
        Refusal ended = new Refusal.OperationEnded(Problem.of(refusal));

        assertThat(DpsError.status(DpsError.number(ended))).isEqualTo(DpsError.status(DpsError.number(refusal)));
        assertThat(DpsError.number(ended) % 1000).isEqualTo(200);
    }

    @Test
    void no_two_refusals_share_a_number() throws Exception {
        Set<Integer> numbers = new HashSet<>();
        for (Refusal refusal : refusals()) {
            assertThat(numbers.add(DpsError.number(refusal)))
                    .as(refusal.toString())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void the_documentation_lists_every_number_with_its_code(Refusal refusal) throws Exception {
        String document = Files.readString(Path.of("../docs/doors/dps.md"));

        assertThat(document)
                .contains("| " + DpsError.number(refusal) + " | `"
                        + Problem.of(refusal).code() + "` |");
    }
}
