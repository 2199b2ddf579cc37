package io.muster.store.lane;

import io.muster.store.database.Bind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows for one table, and the `unnest` statement that writes them all at once.
final class Sheet<T> {

    /// Binds the columns in the order of the statement's question marks.
    @FunctionalInterface
    interface Columns<T> {
        Bind<T> bind(Bind<T> bind) throws SQLException;
    }

    private final String sql;
    private final Columns<T> columns;
    private final List<T> rows = new ArrayList<>();

    Sheet(String sql, Columns<T> columns) {
        this.sql = sql;
        this.columns = columns;
    }

    void add(T row) {
        rows.add(row);
    }

    List<T> rows() {
        return rows;
    }

    String sql() {
        return sql;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Bind<?> bind(Bind<?> before) throws SQLException {
        return columns.bind(before.then(rows));
    }
}
