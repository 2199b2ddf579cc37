package io.muster.store.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is in every table, as a digest for each: two that are equal were read from the same rows.
public final class Contents {

    private Contents() {}

    /// @param ignoring columns that change by themselves, as `table.column`
    public static Map<String, String> of(TestDatabase database, String... ignoring) throws SQLException {
        Map<String, String> digests = new TreeMap<>();
        try (Connection connection = database.connect()) {
            for (String table : tables(connection)) {
                digests.put(table, digest(connection, table, List.of(ignoring)));
            }
        }
        return digests;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'muster' ORDER BY tablename")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private static String digest(Connection connection, String table, List<String> ignoring) throws SQLException {
        StringBuilder row = new StringBuilder("to_jsonb(t)");
        ignoring.stream().filter(column -> column.startsWith(table + ".")).forEach(column -> row.append(" - '")
                .append(column.substring(table.length() + 1))
                .append('\''));
        String sql = "SELECT count(*) || ' ' || coalesce(md5(string_agg(x, '\n' ORDER BY x)), '') FROM (SELECT (" + row
                + ")::text AS x FROM muster." + table + " t) AS rows";
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }
}
