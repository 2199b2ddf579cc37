package io.muster.store.imports;

import io.muster.core.roster.ImportId;
import io.muster.core.roster.Imports.Leased;
import io.muster.store.database.Query;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// The statements about imports. Its key is always (tenant, import_id), in this order.
final class ImportSql {

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String KEY = " WHERE tenant = ? AND import_id = ?";

    /// Behind every number there is.
    static final Octets LAST = ImportForm.octets(new ImportId(new UUID(-1, -1)));

    static final String INSERT =
            "INSERT INTO import_job (changed_at, lease_until, turn, tenant, state, import_id, sealed,"
                    + " findings) VALUES (?, 0, 0, ?, 0, ?, ?, ?)";

    static final String TOUCH = "UPDATE import_job SET changed_at = " + NOW + KEY + " AND state = 0";

    static final String INSERT_PART = "INSERT INTO import_part (tenant, import_id, part, sealed) VALUES (?, ?, ?, ?)";

    static final String LEAVE_RECEIVING =
            "UPDATE import_job SET state = ?, sealed = ?, changed_at = " + NOW + KEY + " AND state = 0";

    static final String FIND = "SELECT " + ImportForm.COLUMNS + ", findings FROM import_job" + KEY;

    static final String FIND_LEASED = "SELECT " + ImportForm.COLUMNS + ", findings, turn FROM import_job" + KEY;

    static final String PAGE = "SELECT " + ImportForm.COLUMNS
            + " FROM import_job WHERE tenant = ? AND import_id < ? ORDER BY import_id DESC LIMIT ?";

    static final String LEASE = "UPDATE import_job j SET lease_until = " + NOW + " + ?, turn = turn + 1 FROM ("
            + "SELECT tenant, import_id FROM import_job WHERE state IN (1, 2) AND state < 3 AND lease_until <= " + NOW
            + " ORDER BY import_id LIMIT 1 FOR UPDATE SKIP LOCKED) AS due"
            + " WHERE j.tenant = due.tenant AND j.import_id = due.import_id RETURNING j.tenant, j.import_id";

    static final String READ_PART = "SELECT sealed FROM import_part" + KEY + " AND part = ?";

    static final String WRITE = "UPDATE import_job SET state = ?, lease_until = " + NOW + " + ?, sealed = ?,"
            + " findings = ?, changed_at = " + NOW + KEY;

    static final String RELEASE = "UPDATE import_job SET lease_until = 0" + KEY + " AND turn = ? AND state IN (1, 2)";

    static final String DROP_PARTS = "DELETE FROM import_part" + KEY;

    /// Ten minutes without a part.
    static final String NOT_COMING =
            "SELECT tenant, import_id FROM import_job WHERE state = 0 AND changed_at < " + NOW + " - 600000";

    /// An ended import is kept for 30 days.
    static final String DROP_OLD =
            "DELETE FROM import_job WHERE state >= 3 AND changed_at < " + NOW + " - 30::bigint * 86400000";

    private static final String HOLDS =
            "SELECT 1 FROM import_job" + KEY + " AND turn = ? AND state IN (1, 2) FOR UPDATE";

    private static final String OPEN = "SELECT count(*)::int FROM import_job WHERE tenant = ? AND state < 3";

    /// Whoever begins an import in a tenant waits for whoever does so, too: they are counted.
    private static final String LOCK = "SELECT 1 FROM tenant WHERE tenant = ? FOR NO KEY UPDATE";

    private ImportSql() {}

    /// One whose file does not come any more.
    record Orphan(int tenant, ImportId id) {
        static Orphan read(ResultSet row) throws SQLException {
            ByteBuffer id = ByteBuffer.wrap(row.getBytes(2));
            return new Orphan(row.getInt(1), new ImportId(new UUID(id.getLong(), id.getLong())));
        }
    }

    /// Binds the key; returns the place of the next question mark.
    static int key(PreparedStatement statement, int at, int tenant, ImportId id) throws SQLException {
        statement.setInt(at, tenant);
        statement.setBytes(at + 1, ImportForm.octets(id).raw());
        return at + 2;
    }

    /// Whether the import is still in these hands; it stays there until the transaction ends.
    static boolean holds(Connection connection, int tenant, Leased leased) throws SQLException {
        return !Query.all(
                        connection,
                        HOLDS,
                        s -> s.setLong(key(s, 1, tenant, leased.work().id()), leased.turn()),
                        row -> row.getInt(1))
                .isEmpty();
    }

    static long now(Connection connection) throws SQLException {
        return Query.all(connection, "SELECT " + NOW, s -> {}, row -> row.getLong(1))
                .getFirst();
    }

    static void lock(Connection connection, int tenant) throws SQLException {
        Query.all(connection, LOCK, s -> s.setInt(1, tenant), row -> row.getInt(1));
    }

    static int open(Connection connection, int tenant) throws SQLException {
        return Query.all(connection, OPEN, s -> s.setInt(1, tenant), row -> row.getInt(1))
                .getFirst();
    }
}
