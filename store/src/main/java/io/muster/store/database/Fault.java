package io.muster.store.database;

import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/// What an error of the database means to whoever asked it something.
public enum Fault {
    /// Nothing was wrong with the work: do the same again. Serialization failure, deadlock, lock not available.
    AGAIN,
    /// The database cannot be reached or cannot write: full disk, read-only, shutting down, connection lost.
    UNAVAILABLE,
    /// The work itself is what the database refuses.
    POISON;

    private static final Set<String> TRANSIENT = Set.of("40001", "40P01", "55P03");
    private static final Set<String> OUT_OF_SERVICE = Set.of("25006", "58030", "3D000", "42501", "XX001", "XX002");

    public static Fault of(SQLException error) {
        String state = error.getSQLState();
        if (state == null) {
            return UNAVAILABLE;
        }
        if (TRANSIENT.contains(state)) {
            return AGAIN;
        }
        boolean outOfService = state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("28")
                || OUT_OF_SERVICE.contains(state);
        return outOfService ? UNAVAILABLE : POISON;
    }

    /// Whether the connection is gone, rather than the database out of order behind it.
    static boolean isBrokenConnection(SQLException error) {
        String state = error.getSQLState();
        return state == null || state.startsWith("08") || state.startsWith("57P");
    }

    /// Whether work that the database has undone may go well on another connection.
    static boolean worthRepeating(SQLException error) {
        return of(error) == AGAIN || isBrokenConnection(error);
    }

    /// Whether a COMMIT that ended so may have been carried out all the same: the server did not say that it was not.
    public static boolean leavesCommitUnknown(SQLException error) {
        boolean answered = error instanceof PSQLException spoken && spoken.getServerErrorMessage() != null;
        String state = error.getSQLState();
        return !answered || state == null || state.startsWith("08") || state.startsWith("57");
    }

    /// The error in words for a log or an operator: the database's own message may quote a row.
    public static String words(SQLException error) {
        String state = error.getSQLState();
        if (state == null) {
            return "no answer from the database";
        }
        return switch (state) {
            case "53100" -> "the database's disk is full (53100)";
            case "25006" -> "the database is read-only (25006)";
            case "53300" -> "the database has no connection left (53300)";
            case "57014" -> "a statement took longer than its limit (57014)";
            case "57P01", "57P02" -> "the database is shutting down (" + state + ")";
            case "57P03" -> "the database is starting (57P03)";
            default ->
                (state.startsWith("08") ? "the connection to the database is lost (" : "database error (") + state
                        + ")";
        };
    }
}
