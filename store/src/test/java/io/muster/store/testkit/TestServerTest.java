package io.muster.store.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestServerTest {
    @ParameterizedTest
    @EnumSource(TestServer.class)
    void each_test_gets_an_empty_database_on_a_durable_server(TestServer server) throws SQLException {
        TestDatabase one = server.fresh();
        TestDatabase other = server.fresh();
        assertThat(one.url()).isNotEqualTo(other.url());
        try (Connection connection = one.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (n int)");
        }
        try (Connection connection = other.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('fsync'), to_regclass('mine')")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("on");
            assertThat(row.getString(2)).isNull();
        }
    }
}
