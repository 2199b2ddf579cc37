package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// A lane as this node holds it. The incarnation fences: whoever claims the lane after us raises it, and our next
/// batch finds no row.
///
/// @param batch number of the last batch that was committed
record Claim(int lane, long incarnation, long batch, Head head) {

    /// A lane whose node gave no sign for so long may be taken over.
    static final long ABANDONED_AFTER_MILLIS = 30_000;

    /// Held by whoever changes the roster and by whoever claims a lane: no lane comes to life while all are stopped.
    static final long ROSTER_LOCK = 0x6d75_7374_6572L;

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String ABANDONED =
            "SELECT lane, incarnation, batch, head_seq, head_hash FROM lane" + " WHERE seen_at < " + NOW + " - "
                    + ABANDONED_AFTER_MILLIS + " ORDER BY lane LIMIT 1 FOR UPDATE SKIP LOCKED";
    private static final String TAKE_OVER = "UPDATE lane SET incarnation = ?, seen_at = " + NOW + " WHERE lane = ?";
    private static final String FREE_NUMBER = "SELECT coalesce(max(lane), 0) + 1 FROM lane";
    private static final String CREATE = "INSERT INTO lane (lane, incarnation, batch, head_seq, seen_at, head_hash)"
            + " VALUES (?, 1, 0, 0, " + NOW + ", ?)";
    private static final String FENCE = "UPDATE lane SET batch = batch + 1, seen_at = " + NOW
            + " WHERE lane = ? AND incarnation = ? RETURNING batch, head_seq";
    private static final String READ =
            "SELECT incarnation, batch, head_seq, head_hash FROM lane WHERE lane = ? FOR UPDATE";
    private static final String SIGN = "UPDATE lane SET seen_at = " + NOW + " WHERE lane = ? AND incarnation = ?";
    private static final String RELEASE = "UPDATE lane SET seen_at = seen_at - " + (ABANDONED_AFTER_MILLIS + 1)
            + " WHERE lane = ? AND incarnation = ?";

    /// Claims an abandoned lane, else makes a new one. Commits.
    static Claim take(Connection connection) throws SQLException {
        lockRoster(connection);
        try (PreparedStatement select = connection.prepareStatement(ABANDONED);
                ResultSet row = select.executeQuery()) {
            Claim claim = row.next()
                    ? takeOver(connection, row.getInt(1), row.getLong(2) + 1, row.getLong(3), head(row, 4))
                    : create(connection);
            connection.commit();
            return claim;
        }
    }

    static void lockRoster(Connection connection) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
            lock.setLong(1, ROSTER_LOCK);
            lock.execute();
        }
    }

    /// Step 2: the number of this batch, or [Fenced] when the lane is another's by now.
    long fence(Connection connection) throws SQLException, Fenced {
        try (PreparedStatement update = connection.prepareStatement(FENCE)) {
            update.setInt(1, lane);
            update.setLong(2, incarnation);
            try (ResultSet row = update.executeQuery()) {
                if (!row.next() || row.getLong(2) != head.seq()) {
                    throw new Fenced(lane);
                }
                return row.getLong(1);
            }
        }
    }

    /// The lane as the database holds it, once whoever holds its row lets go.
    Claim read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(READ)) {
            select.setInt(1, lane);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("lane " + lane + " disappeared from the database");
                }
                return new Claim(lane, row.getLong(1), row.getLong(2), head(row, 3));
            }
        }
    }

    Claim after(long committedBatch, Head newHead) {
        return new Claim(lane, incarnation, committedBatch, newHead);
    }

    /// A sign of life from an idle lane; false when it is another's by now. Commits.
    boolean sign(Connection connection) throws SQLException {
        return update(connection, SIGN);
    }

    /// Lets the next node have the lane at once. Commits.
    boolean release(Connection connection) throws SQLException {
        return update(connection, RELEASE);
    }

    private boolean update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, lane);
            update.setLong(2, incarnation);
            boolean mine = update.executeUpdate() == 1;
            connection.commit();
            return mine;
        }
    }

    private static Claim takeOver(Connection connection, int lane, long incarnation, long batch, Head head)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(TAKE_OVER)) {
            update.setLong(1, incarnation);
            update.setInt(2, lane);
            update.executeUpdate();
            return new Claim(lane, incarnation, batch, head);
        }
    }

    private static Claim create(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FREE_NUMBER);
                ResultSet row = select.executeQuery();
                PreparedStatement insert = connection.prepareStatement(CREATE)) {
            row.next();
            Head genesis = Head.genesis(row.getInt(1));
            insert.setInt(1, row.getInt(1));
            insert.setBytes(2, genesis.hash().raw());
            insert.executeUpdate();
            return new Claim(row.getInt(1), 1, 0, genesis);
        }
    }

    private static Head head(ResultSet row, int column) throws SQLException {
        return new Head(row.getLong(column), Octets.of(row.getBytes(column + 1)));
    }
}
