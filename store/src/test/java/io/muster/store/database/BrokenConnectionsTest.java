package io.muster.store.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Secret;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A database that ends every session, as one does that recovers, and the callers who come right after.
class BrokenConnectionsTest {

    private static final int ALL_AT_ONCE = 8;

    private final TestDatabase server = TestServer.EMBEDDED.fresh();
    private final Database database = Database.open(address(server));
    private final Query query = new Query(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoever_reads_next_is_answered() throws Exception {
        fillThePool();
        everySessionEnds();

        assertThat(ask()).containsExactly(1);
    }

    @Test
    void whoever_changes_something_next_is_answered() throws Exception {
        fillThePool();
        everySessionEnds();

        assertThat(database.transact(BrokenConnectionsTest::one)).isEqualTo(1);
    }

    @Test
    void work_that_loses_its_connection_before_its_commit_is_done_again_and_counts_once() throws Exception {
        database.transact(connection -> Query.change(connection, "CREATE TABLE counted (at int)", s -> {}));
        AtomicInteger tries = new AtomicInteger();

        database.transact(connection -> {
            int changed = Query.change(connection, "INSERT INTO counted VALUES (1)", s -> {});
            if (tries.incrementAndGet() == 1) {
                everySessionEnds();
                one(connection);
            }
            return changed;
        });

        assertThat(tries).hasValue(2);
        assertThat(query.all("SELECT count(*) FROM counted", s -> {}, row -> row.getInt(1)))
                .containsExactly(1);
    }

    @Test
    void work_that_the_database_refuses_is_not_repeated() {
        AtomicInteger tries = new AtomicInteger();

        assertThatThrownBy(() -> database.transact(connection -> {
                    tries.incrementAndGet();
                    return Query.change(connection, "INSERT INTO nowhere VALUES (1)", s -> {});
                }))
                .isInstanceOf(LedgerUnavailable.class);
        assertThat(tries).hasValue(1);
    }

    private void fillThePool() throws SQLException {
        List<Connection> held = new ArrayList<>();
        for (int i = 0; i < ALL_AT_ONCE; i++) {
            held.add(database.pooled());
        }
        for (Connection connection : held) {
            connection.close();
        }
    }

    private void everySessionEnds() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }

    private List<Integer> ask() {
        return query.all("SELECT 1", s -> {}, row -> row.getInt(1));
    }

    private static int one(Connection connection) throws SQLException {
        return Query.all(connection, "SELECT 1", s -> {}, row -> row.getInt(1)).getFirst();
    }

    private static DatabaseAddress address(TestDatabase of) {
        DatabaseAddress parsed = DatabaseAddress.parse(of.url());
        return new DatabaseAddress(
                parsed.url(), of.user(), Optional.of(Secret.of(of.password().getBytes(StandardCharsets.UTF_8))));
    }
}
