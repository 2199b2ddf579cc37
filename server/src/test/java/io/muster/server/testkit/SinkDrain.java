package io.muster.server.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.store.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/// What a sink has to have been told in the end.
public final class SinkDrain {

    private static final Duration LONG = Duration.ofMinutes(2);

    private static final String ENTRIES = """
            SELECT lower(encode(subject_id, 'hex')) || '/' || version FROM muster.entry WHERE kind BETWEEN 1 AND 11""";

    private SinkDrain() {}

    /// Returns when it has passed every entry, and refused none.
    public static void awaits(Operator operator, String name) {
        Awaitility.await().atMost(LONG).until(() -> {
            JsonNode sink = operator.asks("sink", "get", name);
            return sink.path("lagEntries").asLong() == 0
                    && sink.path("deadLetters").asLong() == 0;
        });
    }

    /// The ids of the events that the ledger's entries are, by a reader that needs no key.
    public static Set<String> entries(TestDatabase database) throws Exception {
        Set<String> ids = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ENTRIES)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        assertThat(ids).isNotEmpty();
        return ids;
    }
}
