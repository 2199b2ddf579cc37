package io.muster.store.database;

import java.util.Optional;

/// What all nodes of an installation must have in common, kept in the database by the first of them.
public final class Installation {

    private static final String READ = "SELECT value FROM installation WHERE fact = ?";
    private static final String OFFER = "INSERT INTO installation (fact, value) VALUES (?, ?) ON CONFLICT DO NOTHING";

    private final Database database;

    public Installation(Database database) {
        this.database = database;
    }

    /// What the installation agreed on; empty when no node has said it yet.
    public Optional<String> read(String fact) {
        return new Query(database).one(READ, statement -> statement.setString(1, fact), row -> row.getString(1));
    }

    /// Agrees on a fact: the first node's word counts.
    ///
    /// @param what the fact in words, for the message: what differs, and what to do
    /// @throws UnusableDatabaseException when this node's value is another
    public void agree(String fact, String value, String what) {
        String agreed = database.transact(connection -> {
            Query.change(connection, OFFER, statement -> {
                statement.setString(1, fact);
                statement.setString(2, value);
            });
            return Query.all(connection, READ, statement -> statement.setString(1, fact), row -> row.getString(1))
                    .getFirst();
        });
        if (!agreed.equals(value)) {
            throw new UnusableDatabaseException("This node is not of the installation that the database belongs to: "
                    + what + " (the database says " + agreed + ", here it is " + value + ").");
        }
    }
}
