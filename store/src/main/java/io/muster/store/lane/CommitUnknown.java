package io.muster.store.lane;

import java.sql.Connection;
import java.sql.SQLException;

/// Whether this COMMIT was carried out is not known yet.
final class CommitUnknown extends Exception {

    private static final long serialVersionUID = 1L;

    /// Finds something that only this transaction can have written.
    @FunctionalInterface
    interface Witness {
        boolean present(Connection connection) throws SQLException;
    }

    private final transient Claim intended;
    private final transient Witness witness;

    CommitUnknown(Claim intended, Witness witness, SQLException cause) {
        super("the answer to a COMMIT was lost", cause);
        this.intended = intended;
        this.witness = witness;
    }

    /// The lane as it is if the transaction was committed.
    Claim intended() {
        return intended;
    }

    Witness witness() {
        return witness;
    }
}
