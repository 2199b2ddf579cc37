package io.muster.store.issuance;

import io.muster.core.device.Bytes;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Revocations.Entry;
import io.muster.core.ledger.Revocations.Frame;
import io.muster.store.database.Query;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// The rows of CRLs and of what they name.
final class CrlRows {

    private static final int AT_ONCE = 5_000;

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String FIRST =
            "INSERT INTO crl (number, this_update, next_update, shard, issuer, lanes, heads,"
                    + " body) VALUES (0, 0, 0, ?, ?, '{}', '{}', '') ON CONFLICT DO NOTHING";

    /// A lane's act that the CRL does not cover is one after the head that was read with it.
    private static final String NEWEST = "SELECT c.number, c.this_update, " + NOW + """
            , EXISTS (SELECT 1 FROM lane l WHERE EXISTS (
              SELECT 1 FROM revocation r WHERE r.issuer = c.issuer AND r.shard = c.shard AND r.lane = l.lane
                AND r.seq > coalesce((SELECT v.head FROM unnest(c.lanes, c.heads) AS v(lane, head)
                                      WHERE v.lane = l.lane), 0)))
            FROM crl c WHERE c.shard = ? AND c.issuer = ?""";

    private static final String BODY = "SELECT body FROM crl WHERE shard = ? AND issuer = ?";

    /// RFC 5280 section 3.3: an entry stays until a CRL named it that was issued after the certificate's end. Clocks
    /// of those who check may be off: it stays a day longer.
    private static final String DROP = """
            DELETE FROM revocation r USING crl c, unnest(c.lanes, c.heads) AS v(lane, head)
            WHERE c.shard = ? AND c.issuer = ? AND r.issuer = c.issuer AND r.shard = c.shard
              AND r.lane = v.lane AND r.seq <= v.head AND r.not_after < c.this_update - 86400000""";

    private static final String ENTRIES =
            "SELECT serial, at, reason FROM revocation WHERE shard = ? AND issuer = ? ORDER BY lane, seq";

    private static final String WRITE = """
            UPDATE crl c
            SET number = ?, this_update = ?, next_update = ?, body = ?,
                lanes = ARRAY(SELECT lane FROM lane ORDER BY lane), heads = ARRAY(SELECT head_seq FROM lane ORDER BY lane)
            WHERE c.shard = ? AND c.issuer = ?""";

    /// What is known of the newest CRL of a shard.
    ///
    /// @param now     the database's time
    /// @param overtaken whether something was revoked that it does not name
    record Newest(long number, Instant thisUpdate, Instant now, boolean overtaken) {

        boolean isFresh(Duration life) {
            return number > 0 && !overtaken && now.isBefore(thisUpdate.plus(life.dividedBy(2)));
        }
    }

    private final Octets issuer;
    private final short shard;

    CrlRows(Octets issuer, short shard) {
        this.issuer = issuer;
        this.shard = shard;
    }

    /// Makes the row that whoever makes the CRL locks.
    void begin(Connection connection) throws SQLException {
        Query.change(connection, FIRST, this::bind);
    }

    Optional<Newest> newest(Query query) {
        return query.one(NEWEST, this::bind, CrlRows::newest);
    }

    /// The same, and nobody else may make the next one until the transaction ends.
    Newest lock(Connection connection) throws SQLException {
        return Query.all(connection, NEWEST + " FOR UPDATE OF c", this::bind, CrlRows::newest)
                .getFirst();
    }

    /// Another node may have made the next one a moment ago: that is as good.
    Optional<Bytes> body(Query query) {
        return query.one(BODY, this::bind, CrlRows::body);
    }

    /// The same, under the lock.
    Bytes body(Connection connection) throws SQLException {
        return Query.all(connection, BODY, this::bind, CrlRows::body).getFirst();
    }

    private static Bytes body(ResultSet row) throws SQLException {
        return Bytes.of(row.getBytes(1));
    }

    void drop(Connection connection) throws SQLException {
        Query.change(connection, DROP, this::bind);
    }

    /// Reads on as the entries are used.
    void forEach(Connection connection, Consumer<Entry> each) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ENTRIES)) {
            select.setFetchSize(AT_ONCE);
            bind(select);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    each.accept(new Entry(
                            new Serial(Bytes.of(row.getBytes(1))),
                            Instant.ofEpochMilli(row.getLong(2)),
                            reason(row.getInt(3))));
                }
            }
        }
    }

    void write(Connection connection, Frame frame, Bytes body) throws SQLException {
        Query.change(connection, WRITE, s -> {
            s.setLong(1, frame.number());
            s.setLong(2, frame.thisUpdate().toEpochMilli());
            s.setLong(3, frame.nextUpdate().toEpochMilli());
            s.setBytes(4, body.toArray());
            s.setShort(5, shard);
            s.setBytes(6, issuer.raw());
        });
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setShort(1, shard);
        statement.setBytes(2, issuer.raw());
    }

    private static Newest newest(ResultSet row) throws SQLException {
        return new Newest(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                row.getBoolean(4));
    }

    private static Reason reason(int number) {
        return Arrays.stream(Reason.values())
                .filter(it -> it.number() == number)
                .findFirst()
                .orElse(Reason.UNSPECIFIED);
    }
}
