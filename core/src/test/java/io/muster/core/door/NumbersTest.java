package io.muster.core.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

    @Test
    void a_number_parses_back_from_what_it_prints() {
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        OperationId operation = OperationId.random();
        assertThat(AttemptId.parse(attempt.toString())).contains(attempt);
        assertThat(OperationId.parse(operation.toString())).contains(operation);
        assertThat(OperationId.parse(operation.toString().toUpperCase(java.util.Locale.ROOT)))
                .contains(operation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "00000000-0000-0000-0000-00000000000",
                "00000000-0000-0000-0000-0000000000000",
                "000000000-000-0000-0000-000000000000",
                "+0000000-0000-0000-0000-000000000000",
                "0000000000000000-0000-0000-0000-0000",
                "g0000000-0000-0000-0000-000000000000",
                "../../../../../../../../../../../etc",
                "\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660-0000-0000-0000-000000000000",
            })
    void what_is_not_a_number_never_becomes_one(String text) {
        assertThat(AttemptId.parse(text)).isEmpty();
        assertThat(OperationId.parse(text)).isEmpty();
    }
}
