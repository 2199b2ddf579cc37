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
import java.util.Set;

/// Reads a ledger's database and tells which of its promises are broken. It needs no key, and trusts no column that
/// can be computed from others. Run it while nobody writes.
public final class LedgerInvariants {

    private static final int MOST_TOLD = 20;

    /// Each statement returns a row for each breach.
    private static final Map<String, String> NEVER = Map.ofEntries(
            never("a device without exactly one name", """
            SELECT encode(d.device_id, 'hex') FROM muster.device d LEFT JOIN muster.binding b
              ON b.device_id = d.device_id AND b.kind = 1
              AND (b.state = 1 OR b.state = 4 AND d.state = 2 AND b.slot = d.slot)
            GROUP BY d.slot, d.device_id HAVING count(b.bi) <> 1"""),
            never("a device whose name lives in another slot", """
            SELECT encode(device_id, 'hex') FROM muster.binding
            WHERE kind = 1 AND state = 1 AND slot <> device_slot"""),
            never("a binding that leads to no device", """
            SELECT encode(b.bi, 'hex') FROM muster.binding b LEFT JOIN muster.device d
              ON d.slot = b.device_slot AND d.device_id = b.device_id
            WHERE b.state <> 4 AND d.device_id IS NULL"""),
            never("a decommissioned device with a name or key that is not blocked", """
            SELECT encode(d.device_id, 'hex') FROM muster.device d JOIN muster.binding b ON b.device_id = d.device_id
            WHERE d.state = 2 AND b.state <> 4"""),
            never("a decommissioned device with a certificate that stands", """
            SELECT encode(d.device_id, 'hex') FROM muster.device d JOIN muster.credential c
              ON c.slot = d.slot AND c.device_id = d.device_id
            WHERE d.state = 2 AND c.state IN (1, 2, 5)"""),
            never("a name or key that is bound twice", """
            SELECT encode(bi, 'hex') FROM muster.binding GROUP BY tenant, kind, bi HAVING count(*) > 1"""),
            never("a device without its key, or a key without its device", """
            SELECT encode(coalesce(d.device_id, k.device_id), 'hex') FROM muster.device d
            FULL JOIN muster.device_key k ON k.slot = d.slot AND k.device_id = d.device_id
            WHERE d.device_id IS NULL OR k.device_id IS NULL"""),
            never("a device whose version is not its count of entries", """
            SELECT encode(d.device_id, 'hex') FROM muster.device d LEFT JOIN muster.entry e
              ON e.slot = d.slot AND e.subject_id = d.device_id
            GROUP BY d.slot, d.device_id, d.version
            HAVING count(e.version) <> d.version OR min(e.version) <> 1 OR max(e.version) <> d.version"""),
            never("a device that does not know its last entry", """
            SELECT encode(d.device_id, 'hex') FROM muster.device d LEFT JOIN muster.entry e
              ON e.slot = d.slot AND e.subject_id = d.device_id AND e.version = d.version
            WHERE e.lane IS DISTINCT FROM d.last_lane OR e.seq IS DISTINCT FROM d.last_seq"""),
            never("an entry that does not know the one before it", """
            SELECT e.lane || '/' || e.seq FROM muster.entry e LEFT JOIN muster.entry p
              ON p.slot = e.slot AND p.subject_id = e.subject_id AND p.version = e.version - 1
            WHERE coalesce(p.lane, 0) <> e.prev_lane OR coalesce(p.seq, 0) <> e.prev_seq"""),
            never("a lane whose head is not its newest entry", """
            SELECT l.lane::text FROM muster.lane l LEFT JOIN muster.entry e ON e.lane = l.lane
            GROUP BY l.lane, l.head_seq HAVING count(e.seq) <> l.head_seq OR coalesce(max(e.seq), 0) <> l.head_seq"""),
            never("a sink that was told more than was written", """
            SELECT c.sink || ' ' || c.lane FROM muster.sink_cursor c LEFT JOIN muster.lane l ON l.lane = c.lane
            WHERE l.head_seq IS NULL OR c.seq > l.head_seq OR c.seq < 0"""),
            never(
                    "a deadlock",
                    "SELECT deadlocks::text FROM pg_stat_database WHERE datname = current_database() AND deadlocks > 0"),
            never("a certificate without its device", """
            SELECT encode(c.serial_bi, 'hex') FROM muster.credential c LEFT JOIN muster.device d
              ON d.slot = c.slot AND d.device_id = c.device_id
            WHERE d.device_id IS NULL OR d.tenant <> c.tenant"""),
            never("a certificate that ended at no time, or stands with an end", """
            SELECT encode(serial_bi, 'hex') FROM muster.credential
            WHERE (state IN (3, 4)) <> (ended_at IS NOT NULL) OR (ended_at IS NULL) <> (reason IS NULL)"""),
            never("a device with two newest certificates", """
            SELECT encode(device_id, 'hex') FROM muster.credential WHERE state IN (1, 5)
            GROUP BY slot, device_id HAVING count(*) > 1"""),
            never("a device with more certified keys than certificates that prove it", """
            SELECT encode(b.device_id, 'hex') FROM muster.binding b WHERE b.kind = 2 AND b.state = 5
            GROUP BY b.device_slot, b.device_id
            HAVING count(*) > (SELECT count(*) FROM muster.credential c
              WHERE c.slot = b.device_slot AND c.device_id = b.device_id AND c.state IN (1, 2, 5))"""),
            never("certificates that ended and that no CRL will name, or the other way round", """
            SELECT encode(coalesce(c.issuer, r.issuer), 'hex') || '/' || coalesce(c.crl_shard, r.shard) FROM
              (SELECT issuer, crl_shard, count(*) AS n FROM muster.credential
               WHERE state IN (3, 4) AND not_after > extract(epoch FROM now()) * 1000 GROUP BY issuer, crl_shard) c
            FULL JOIN (SELECT r.issuer, r.shard, count(*) AS n FROM muster.revocation r
               JOIN muster.entry e ON e.lane = r.lane AND e.seq = r.seq AND e.kind <> 37
               WHERE r.not_after > extract(epoch FROM now()) * 1000 GROUP BY r.issuer, r.shard) r
              ON r.issuer = c.issuer AND r.shard = c.crl_shard
            WHERE c.n IS DISTINCT FROM r.n"""),
            never("a revocation without the act that it came by", """
            SELECT encode(r.serial, 'hex') FROM muster.revocation r LEFT JOIN muster.entry e
              ON e.lane = r.lane AND e.seq = r.seq LEFT JOIN muster.device d
              ON d.slot = e.slot AND d.device_id = e.subject_id
            WHERE d.device_id IS NULL AND e.kind IS DISTINCT FROM 37"""),
            never("created certificates that were revoked and that no CRL will name, or the other way round", """
            SELECT c.n || ' revoked, ' || r.n || ' named' FROM
              (SELECT count(*) AS n FROM muster.creation
               WHERE state = 2 AND not_after > extract(epoch FROM now()) * 1000) c,
              (SELECT count(*) AS n FROM muster.revocation r JOIN muster.entry e
                 ON e.lane = r.lane AND e.seq = r.seq AND e.kind = 37
               WHERE r.not_after > extract(epoch FROM now()) * 1000) r
            WHERE c.n <> r.n"""),
            never("a created certificate that is a device's without one, or the other way round", """
            SELECT encode(k.serial_bi, 'hex') FROM muster.creation k LEFT JOIN muster.credential c
              ON c.slot = k.device_slot AND c.tenant = k.tenant AND c.serial_bi = k.serial_bi
                AND c.device_id = k.device_id
            WHERE (k.state = 1) <> (c.serial_bi IS NOT NULL)"""),
            never("a claim that spent more than it may", """
            SELECT encode(claim_id, 'hex') FROM muster.claim WHERE spent > creates OR second_spent > per_second"""),
            never("a token that was used by other than counted, or by too many", """
            SELECT encode(t.token_id, 'hex') FROM muster.token t LEFT JOIN muster.token_use u
              ON u.slot = t.slot AND u.tenant = t.tenant AND u.token_id = t.token_id
            GROUP BY t.slot, t.tenant, t.token_id HAVING count(u.key_bi) <> t.spent OR t.spent > t.uses"""),
            never("a fact that finds no device of its tenant", """
            SELECT encode(f.device_id, 'hex') FROM muster.facet f LEFT JOIN muster.device d
              ON d.slot = f.slot AND d.device_id = f.device_id AND d.tenant = f.tenant
            WHERE d.device_id IS NULL"""),
            never("a use of no token", """
            SELECT encode(u.token_id, 'hex') FROM muster.token_use u LEFT JOIN muster.token t
              ON u.slot = t.slot AND u.tenant = t.tenant AND u.token_id = t.token_id
            WHERE t.token_id IS NULL"""));

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

    /// Certificates that were acknowledged and have no row.
    ///
    /// @param acknowledged blind indexes of their serial numbers, in hexadecimal
    public List<String> lostCertificates(Set<String> acknowledged) throws SQLException {
        try (Connection connection = database.connect()) {
            Set<String> stored =
                    Set.copyOf(column(connection, "SELECT encode(serial_bi, 'hex') FROM muster.credential"));
            return acknowledged.stream().filter(bi -> !stored.contains(bi)).toList();
        }
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

    private static Map.Entry<String, String> never(String breach, String sql) {
        return Map.entry(breach, sql);
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
