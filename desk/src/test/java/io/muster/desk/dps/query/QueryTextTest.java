package io.muster.desk.dps.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.desk.exchange.Form;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTextTest {

    private static final Map<String, String> FIELDS =
            Map.of("registrationId", "/registrationId", "attestation.type", "/attestation/type", "iotHubs", "/iotHubs");

    private static final ObjectNode PUMP = pump();

    private static ObjectNode pump() {
        ObjectNode pump = JsonNodeFactory.instance.objectNode().put("registrationId", "Pump-1");
        pump.putObject("attestation").put("type", "x509");
        pump.putArray("iotHubs").add("eu-1.example.com").add("us-1.example.com");
        return pump;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "SELECT *",
                "select * from enrollments",
                "SELECT * FROM Enrollments WHERE registrationId = 'pump-1'",
                "SELECT * FROM enrollments WHERE REGISTRATIONID=\"PUMP-1\"",
                "SELECT * WHERE iotHubs = `us-1.example.com`",
                "SELECT * FROM enrollments WHERE registrationId <> 'a' AND attestation.type != 'tpm'",
                "SELECT * FROM enrollments WHERE registrationId = 'a' OR (NOT attestation.type = 'tpm')",
            })
    void a_query_of_the_served_kind_finds_what_it_describes(String query) {
        assertThat(finds(query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM enrollments WHERE registrationId = 'pump-2'",
                "SELECT * FROM enrollments WHERE registrationId = 'pump-1' AND NOT iotHubs = 'eu-1.example.com'",
                "SELECT * FROM enrollments WHERE registrationId = 'a' OR attestation.type = 'tpm' AND iotHubs <> 'x'",
                "SELECT * FROM enrollments WHERE registrationId = 'pump-1'' OR ''1''=''1'",
                "SELECT * FROM enrollments WHERE registrationId = 'pump-1\"'",
            })
    void a_condition_that_does_not_hold_finds_nothing_and_a_quote_ends_no_text_by_being_doubled(String query) {
        assertThat(finds(query)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "DELETE * FROM enrollments",
                "SELECT registrationId FROM enrollments",
                "SELECT * FROM enrollmentGroups",
                "SELECT * FROM enrollments WHERE",
                "SELECT * FROM enrollments WHERE secret = 'x'",
                "SELECT * FROM enrollments WHERE registrationId = 1",
                "SELECT * FROM enrollments WHERE registrationId = 'x' OR 1=1",
                "SELECT * FROM enrollments WHERE registrationId LIKE 'x%'",
                "SELECT * FROM enrollments WHERE registrationId = 'x",
                "SELECT * FROM enrollments WHERE (registrationId = 'x'",
                "SELECT * FROM enrollments; DROP TABLE enrollment",
                "SELECT * FROM enrollments -- all",
                "SELECT * FROM enrollments ORDER BY registrationId",
                "* WHERE registrationId = 'x'",
            })
    void everything_else_is_refused(String query) {
        assertThat(QueryText.read(query, "enrollments", FIELDS)).isInstanceOf(Form.Faulty.class);
    }

    @Test
    void a_query_that_is_long_or_deep_or_has_many_words_is_refused() {
        String where = "SELECT * FROM enrollments WHERE ";
        for (String much : new String[] {
            where + "registrationId = '" + "x".repeat(2_000) + "'",
            where + "(".repeat(20) + "registrationId = 'x'" + ")".repeat(20),
            where + "iotHubs='x' OR ".repeat(60) + "iotHubs='x'",
        }) {
            assertThat(QueryText.read(much, "enrollments", FIELDS)).isInstanceOf(Form.Faulty.class);
        }
    }

    private static boolean finds(String query) {
        return switch (QueryText.read(query, "enrollments", FIELDS)) {
            case Form.Filled<Condition>(Condition condition) -> condition.holds(PUMP);
            case Form.Faulty<Condition>(var problem) -> throw new AssertionError(problem.detail());
        };
    }
}
