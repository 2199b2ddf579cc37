package io.muster.store.testkit;

import io.muster.store.lane.EntryRow;
import io.muster.store.lane.Head;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads a ledger's database and tells which of its promises are broken. It needs no key, and trusts no column that
/// can be computed from others. Run it while nobody writes.
public final class LedgerInvariants {

    private static final int MOST_TOLD = 20;

    /// Each statement returns a row for each breach.
    private static final Map<String, String> NEVER = Map.of(
            "a device without exactly one name",
            """
            SELECT encode(d.device_id, 'hex') FROM muster.device d LEFT JOIN muster.binding b
              ON b.device_id = d.device_id AND b.kind = 1 AND b.state = 1
            GROUP BY d.slot, d.device_id HAVING count(b.bi) <> 1""",
            "a device whose name lives in another slot",
            """
            SELECT encode(device_id, 'hex') FROM muster.binding
            WHERE kind = 1 AND state = 1 AND slot <> device_slot""",
            "a binding that leads to no device",
            """
            SELECT encode(b.bi, 'hex') FROM muster.binding b LEFT JOIN muster.device d
              ON d.slot = b.device_slot AND d.device_id = b.device_id
            WHERE b.state <> 4 AND d.device_id IS NULL""",
            "a name or key that is bound twice",
            """
            SELECT encode(bi, 'hex') FROM muster.binding GROUP BY tenant, kind, bi HAVING count(*) > 1""",
            "a device without its key, or a key without its device",
            """
            SELECT encode(coalesce(d.device_id, k.device_id), 'hex') FROM muster.device d
            FULL JOIN muster.device_key k ON k.slot = d.slot AND k.device_id = d.device_id
            WHERE d.device_id IS NULL OR k.device_id IS NULL""",
            "a device whose version is not its count of entries",
            """
            SELECT encode(d.device_id, 'hex') FROM muster.device d LEFT JOIN muster.entry e
              ON e.slot = d.slot AND e.subject_id = d.device_id
            GROUP BY d.slot, d.device_id, d.version
            HAVING count(e.version) <> d.version OR min(e.version) <> 1 OR max(e.version) <> d.version""",
            "a device that does not know its last entry",
            """
            SELECT encode(d.device_id, 'hex') FROM muster.device d LEFT JOIN muster.entry e
              ON e.slot = d.slot AND e.subject_id = d.device_id AND e.version = d.version
            WHERE e.lane IS DISTINCT FROM d.last_lane OR e.seq IS DISTINCT FROM d.last_seq""",
            "an entry that does not know the one before it",
            """
            SELECT e.lane || '/' || e.seq FROM muster.entry e LEFT JOIN muster.entry p
              ON p.slot = e.slot AND p.subject_id = e.subject_id AND p.version = e.version - 1
            WHERE coalesce(p.lane, 0) <> e.prev_lane OR coalesce(p.seq, 0) <> e.prev_seq""",
            "a lane whose head is not its newest entry",
            """
            SELECT l.lane::text FROM muster.lane l LEFT JOIN muster.entry e ON e.lane = l.lane
            GROUP BY l.lane, l.head_seq HAVING count(e.seq) <> l.head_seq OR coalesce(max(e.seq), 0) <> l.head_seq""",
            "a deadlock",
            "SELECT deadlocks::text FROM pg_stat_database WHERE datname = current_database() AND deadlocks > 0");

    private final TestDatabase database;

    public LedgerInvariants(TestDatabase database) {
        this.database = database;
    }

    /// Every breach in words; empty when all promises hold.
    public List<String> breaches() throws SQLException {
        List<String> breaches = new ArrayList<>();
        try (Connection connection = database.connect()) {
            for (Map.Entry<String, String> never : NEVER.entrySet()) {
                for (String row : column(connection, never.getValue())) {
                    breaches.add(never.getKey() + ": " + row);
                }
            }
            chains(connection, breaches);
        }
        return breaches.size() > MOST_TOLD ? breaches.subList(0, MOST_TOLD) : breaches;
    }

    /// Devices that were acknowledged at a version and are not there, or at an older one.
    ///
    /// @param acknowledged version by device id, as 32 hexadecimal digits
    public List<String> lost(Map<String, Long> acknowledged) throws SQLException {
        Map<String, Long> stored = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT encode(device_id, 'hex'), version FROM muster.device")) {
            while (rows.next()) {
                stored.put(rows.getString(1), rows.getLong(2));
            }
        }
        return acknowledged.entrySet().stream()
                .filter(ack -> stored.getOrDefault(ack.getKey(), 0L) < ack.getValue())
                .map(ack -> ack.getKey() + " was acknowledged at version " + ack.getValue() + ", stored is "
                        + stored.get(ack.getKey()))
                .toList();
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static void chains(Connection connection, List<String> breaches) throws SQLException {
        Map<Integer, Head> heads = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT lane, seq, slot, subject_id, version, tenant, kind, at, actor, act_id, sealed, leaf_hash,
                               prev_lane, prev_seq
                        FROM muster.entry ORDER BY lane, seq""")) {
            while (row.next()) {
                int lane = row.getInt(1);
                Head before = heads.getOrDefault(lane, Head.genesis(lane));
                Octets leaf = entry(row).leafHash();
                if (!leaf.equals(Octets.of(row.getBytes(12))) || row.getLong(2) != before.seq() + 1) {
                    breaches.add("an entry that was altered, or a gap before it: " + lane + "/" + row.getLong(2));
                }
                heads.put(lane, before.next(row.getInt(13), row.getLong(14), leaf));
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT lane, head_hash FROM muster.lane")) {
            while (row.next()) {
                int lane = row.getInt(1);
                Octets computed = heads.getOrDefault(lane, Head.genesis(lane)).hash();
                if (!computed.equals(Octets.of(row.getBytes(2)))) {
                    breaches.add("a hash chain that does not lead to its head: lane " + lane);
                }
            }
        }
    }

    private static EntryRow entry(ResultSet row) throws SQLException {
        return new EntryRow(
                row.getShort(3),
                Octets.of(row.getBytes(4)),
                row.getInt(5),
                row.getInt(6),
                row.getShort(7),
                row.getLong(8),
                row.getString(9),
                Octets.of(row.getBytes(10)),
                Octets.of(row.getBytes(11)));
    }
}
