package io.muster.store.database;

import io.muster.store.sealing.Octets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Binds columns of rows to a statement, one array for each, in the order of its question marks; all in binary form.
public final class Bind<T> {

    private final PreparedStatement statement;
    private final List<T> rows;
    private int position;

    private Bind(PreparedStatement statement, List<T> rows, int bound) {
        this.statement = statement;
        this.rows = rows;
        this.position = bound;
    }

    /// Begins at the first question mark.
    public static <T> Bind<T> of(PreparedStatement statement, List<T> rows) {
        return new Bind<>(statement, rows, 0);
    }

    /// Begins after so many question marks.
    public static <T> Bind<T> after(PreparedStatement statement, int bound, List<T> rows) {
        return new Bind<>(statement, rows, bound);
    }

    /// Goes on with other rows at the next question mark.
    public <U> Bind<U> then(List<U> others) {
        return new Bind<>(statement, others, position);
    }

    public Bind<T> shorts(ToIntFunction<T> column) throws SQLException {
        short[] values = new short[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (short) column.applyAsInt(rows.get(i));
        }
        return array(values);
    }

    public Bind<T> ints(ToIntFunction<T> column) throws SQLException {
        int[] values = new int[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.applyAsInt(rows.get(i));
        }
        return array(values);
    }

    public Bind<T> longs(ToLongFunction<T> column) throws SQLException {
        long[] values = new long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.applyAsLong(rows.get(i));
        }
        return array(values);
    }

    public Bind<T> texts(Function<T, @Nullable String> column) throws SQLException {
        @Nullable String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return array(values);
    }

    public Bind<T> octets(Function<T, @Nullable Octets> column) throws SQLException {
        byte[] @Nullable [] values = new byte[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            Octets value = column.apply(rows.get(i));
            values[i] = value == null ? null : value.raw();
        }
        return array(values);
    }

    public Bind<T> number(long value) throws SQLException {
        statement.setLong(++position, value);
        return this;
    }

    public Bind<T> octets(Octets value) throws SQLException {
        statement.setBytes(++position, value.raw());
        return this;
    }

    private Bind<T> array(Object values) throws SQLException {
        statement.setObject(++position, values);
        return this;
    }
}
