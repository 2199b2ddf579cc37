package io.muster.store.ledger;

import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.Adoption;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/// Removes what is kept no longer, a few slots at a time: of a name's attempts the newest few stay, and all of the
/// last days; of operations those that nobody can ask for any more; of claims and of what they created in vain what
/// ended long ago. What it deletes no lane ever touches again.
///
/// A created certificate that is a device's stays as long as the device's own row of it, whose address it is.
public final class Sweep {

    /// Attempts of a name that stay however old they are.
    static final int NEWEST = 8;

    /// How long every attempt stays, and a token or a certificate that nobody registered after its end.
    static final Duration KEPT = Duration.ofDays(7);

    /// How long a claim stays after its end: until then nobody else can have its name or its certificate.
    static final Duration CLAIM_KEPT = Duration.ofDays(30);

    private static final int MOST_CLAIMS = 500;

    /// How many slots there are.
    public static final int ALL_SLOTS = 1 << 16;

    private static final long ALONE = 0x6d75_7374_6573L;

    private static final String TRIM = """
            DELETE FROM attempt a USING (
              SELECT slot, subject_id, attempt_id, row_number() OVER (
                PARTITION BY slot, subject_id ORDER BY attempt_id DESC) AS place
              FROM attempt WHERE slot BETWEEN ? AND ?) AS old
            WHERE old.place > ? AND substring(old.attempt_id FROM 3 FOR 6) < ?
              AND a.slot = old.slot AND a.subject_id = old.subject_id AND a.attempt_id = old.attempt_id""";

    private static final String DROP_USES = """
            DELETE FROM token_use u USING token t
            WHERE t.slot BETWEEN ? AND ? AND t.expires_at < ?
              AND u.slot = t.slot AND u.tenant = t.tenant AND u.token_id = t.token_id""";

    private static final String DROP_TOKENS = "DELETE FROM token WHERE slot BETWEEN ? AND ? AND expires_at < ?";

    private static final String DROP_CREATIONS =
            "DELETE FROM creation WHERE slot BETWEEN ? AND ? AND not_after < ?" + " AND state = " + Adoption.REVOKED;

    private static final String DROP_CLAIMS = """
            DELETE FROM claim c USING (
              SELECT tenant, name FROM claim WHERE not_after < ? ORDER BY not_after LIMIT ? FOR UPDATE SKIP LOCKED) AS old
            WHERE c.tenant = old.tenant AND c.name = old.name""";

    private final Database database;
    private final PostgresOperations operations;
    private final int slots;
    private int next;

    Sweep(Database database, PostgresOperations operations, int first, int slots) {
        this.slots = slots;
        this.database = database;
        this.operations = operations;
        this.next = Math.floorMod(first, ALL_SLOTS);
    }

    /// One round; one node at a time. Returns how many rows went, uses of tokens apart.
    public int round(Instant now) {
        int from = next;
        next = (next + slots) % ALL_SLOTS;
        int first = from + Short.MIN_VALUE;
        return database.transact(connection -> alone(connection) ? sweep(connection, first, now) : 0)
                + operations.sweep();
    }

    private static boolean alone(Connection connection) throws SQLException {
        return Query.all(
                        connection,
                        "SELECT pg_try_advisory_xact_lock(?)",
                        s -> s.setLong(1, ALONE),
                        row -> row.getBoolean(1))
                .getFirst();
    }

    private int sweep(Connection connection, int firstSlot, Instant now) throws SQLException {
        Instant before = now.minus(KEPT);
        int attempts = Query.change(connection, TRIM, s -> {
            s.setInt(1, firstSlot);
            s.setInt(2, firstSlot + slots - 1);
            s.setInt(3, NEWEST);
            s.setBytes(4, time(before).raw());
        });
        Query.Binder expired = s -> {
            s.setInt(1, firstSlot);
            s.setInt(2, firstSlot + slots - 1);
            s.setLong(3, before.toEpochMilli());
        };
        Query.change(connection, DROP_USES, expired);
        int claims = Query.change(connection, DROP_CLAIMS, s -> {
            s.setLong(1, now.minus(CLAIM_KEPT).toEpochMilli());
            s.setInt(2, MOST_CLAIMS);
        });
        return attempts
                + claims
                + Query.change(connection, DROP_TOKENS, expired)
                + Query.change(connection, DROP_CREATIONS, expired);
    }

    /// The time as it stands in the number of an attempt: six bytes, so that it compares as bytes do.
    static Octets time(Instant instant) {
        return Octets.of(ByteBuffer.allocate(6)
                .putShort((short) (instant.toEpochMilli() >> 32))
                .putInt((int) instant.toEpochMilli())
                .array());
    }
}
