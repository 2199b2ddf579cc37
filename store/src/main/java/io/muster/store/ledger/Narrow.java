package io.muster.store.ledger;

import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.store.roster.PostgresRoster;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a caller's scope leaves of a list, for SQL: two pairs of arrays, null where they do not narrow.
record Narrow(@Nullable List<String> enrollments, @Nullable List<String> regions) {

    /// Of `device d`; wants four parameters.
    static final String DEVICE =
            "(?::text[] IS NULL OR d.enrollment = ANY(?))" + " AND (?::text[] IS NULL OR d.region = ANY(?))";

    static Narrow to(Scope scope, int tenant, PostgresRoster roster) {
        return new Narrow(
                scope.enrollments().isEmpty() ? null : roster.gates(tenant, scope.enrollments()),
                scope.regions().isEmpty()
                        ? null
                        : scope.regions().stream().map(Name::value).toList());
    }

    boolean all() {
        return enrollments == null && regions == null;
    }

    /// Binds both pairs, from a position on.
    void bind(PreparedStatement statement, int position) throws SQLException {
        bindEnrollments(statement, position);
        bindTwice(statement, position + 2, regions);
    }

    void bindEnrollments(PreparedStatement statement, int position) throws SQLException {
        bindTwice(statement, position, enrollments);
    }

    private static void bindTwice(PreparedStatement statement, int position, @Nullable List<String> names)
            throws SQLException {
        Array array = names == null ? null : statement.getConnection().createArrayOf("text", names.toArray());
        statement.setArray(position, array);
        statement.setArray(position + 1, array);
    }
}
