package io.muster.store.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One statement on a connection of the pool; errors come typed. A read that lost its connection is asked once more.
public final class Query {

    /// Binds what the statement asks for.
    @FunctionalInterface
    public interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /// Reads the row at hand.
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Database database;

    public Query(Database database) {
        this.database = database;
    }

    /// All rows.
    public <T> List<T> all(String sql, Binder binder, Reader<T> reader) {
        for (boolean again = true; ; again = false) {
            try (Connection connection = database.pooled()) {
                return all(connection, sql, binder, reader);
            } catch (SQLException e) {
                database.forgetBroken(e);
                if (!again || Fault.of(e) == Fault.POISON) {
                    throw Database.unavailable(e);
                }
            }
        }
    }

    /// The only row.
    public <T> Optional<T> one(String sql, Binder binder, Reader<T> reader) {
        return all(sql, binder, reader).stream().findFirst();
    }

    /// The same within a transaction of the caller.
    public static <T> List<T> all(Connection connection, String sql, Binder binder, Reader<T> reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }
    }

    /// Changes rows within a transaction of the caller, and returns how many.
    public static int change(Connection connection, String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            return statement.executeUpdate();
        }
    }
}
