package io.muster.store.ledger;

import io.muster.core.ledger.Audit;
import io.muster.core.ledger.Audit.Broken;
import io.muster.core.ledger.Audit.Place;
import io.muster.core.ledger.Audit.Verified;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.EntryRow;
import io.muster.store.lane.Head;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks the hash chains of lanes. It needs no key, and trusts no column that can be computed from others.
final class Chains {

    private static final int HASH_BYTES = 32;
    private static final int FETCH = 1_000;

    private static final String LANES = "SELECT lane, head_seq, head_hash FROM lane WHERE lane >= ? ORDER BY lane";

    /// Lanes that have entries, by one look into the index each.
    private static final String WRITTEN = """
            WITH RECURSIVE l AS (
              (SELECT lane FROM entry ORDER BY lane LIMIT 1)
              UNION ALL
              SELECT (SELECT e.lane FROM entry e WHERE e.lane > l.lane ORDER BY e.lane LIMIT 1)
              FROM l WHERE l.lane IS NOT NULL)
            SELECT lane FROM l WHERE lane IS NOT NULL""";

    private static final String ENTRIES = """
            SELECT e.seq, e.slot, e.subject_id, e.version, e.tenant, e.kind, e.at, e.actor, e.act_id, e.sealed,
                   e.leaf_hash, e.prev_lane, e.prev_seq, coalesce(p.lane, 0), coalesce(p.seq, 0),
                   (p.version IS NULL) = (e.version = 1)
            FROM entry e LEFT JOIN entry p
              ON p.slot = e.slot AND p.subject_id = e.subject_id AND p.version = e.version - 1
            WHERE e.lane = ? AND e.seq > ? ORDER BY e.seq LIMIT ?""";

    private record Lane(int lane, Head head) {}

    /// How far a lane has been checked.
    private record Reached(int lane, Head head) {

        String text() {
            byte[] bytes = ByteBuffer.allocate(12 + HASH_BYTES)
                    .putInt(lane)
                    .putLong(head.seq())
                    .put(head.hash().raw())
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        static Reached parse(String text) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                if (bytes.length != 12 + HASH_BYTES) {
                    throw new CursorMalformed();
                }
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                int lane = buffer.getInt();
                long seq = buffer.getLong();
                byte[] hash = new byte[HASH_BYTES];
                buffer.get(hash);
                return new Reached(lane, new Head(seq, Octets.of(hash)));
            } catch (IllegalArgumentException e) {
                throw new CursorMalformed();
            }
        }
    }

    /// One part of the check.
    private static final class Part {

        private final List<Audit.Head> heads = new ArrayList<>();
        private long entries;
        private Optional<Broken> broken = Optional.empty();

        Verified ended(Optional<Reached> next) {
            return new Verified(
                    entries, heads, broken, broken.isPresent() ? Optional.empty() : next.map(Reached::text));
        }
    }

    private final Database database;

    Chains(Database database) {
        this.database = database;
    }

    /// Everything is read at one moment: what is written meanwhile is not there yet.
    Verified verify(Optional<String> from, int most) {
        Optional<Reached> reached = from.map(Reached::parse);
        try (Connection connection = database.pooled()) {
            connection.setAutoCommit(false);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                return verify(connection, reached, most);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw Database.unavailable(e);
        }
    }

    private static Verified verify(Connection connection, Optional<Reached> from, int most) throws SQLException {
        int first = from.map(Reached::lane).orElse(Integer.MIN_VALUE);
        List<Lane> lanes = Query.all(
                connection,
                LANES,
                s -> s.setInt(1, first),
                row -> new Lane(row.getInt(1), new Head(row.getLong(2), Octets.of(row.getBytes(3)))));
        Part part = new Part();
        if (from.isEmpty()) {
            part.broken = strayed(connection, lanes);
        }
        for (Lane lane : part.broken.isPresent() ? List.<Lane>of() : lanes) {
            Head begin = from.filter(it -> it.lane() == lane.lane())
                    .map(Reached::head)
                    .orElseGet(() -> Head.genesis(lane.lane()));
            long left = most - part.entries;
            Head end = left > 0 ? walk(connection, lane, begin, part, left) : begin;
            if (part.broken.isPresent()) {
                return part.ended(Optional.empty());
            }
            if (left <= 0 || end.seq() < lane.head().seq()) {
                return part.ended(Optional.of(new Reached(lane.lane(), end)));
            }
        }
        return part.ended(Optional.empty());
    }

    /// Entries of a lane that is none.
    private static Optional<Broken> strayed(Connection connection, List<Lane> lanes) throws SQLException {
        Set<Integer> known = lanes.stream().map(Lane::lane).collect(Collectors.toSet());
        return Query.all(connection, WRITTEN, s -> {}, row -> row.getInt(1)).stream()
                .filter(lane -> !known.contains(lane))
                .findFirst()
                .map(lane -> new Broken(new Place(lane, 1), "There are entries of a lane that is not there."));
    }

    /// One entry more than may be checked is read, to see whether the lane goes on.
    private static Head walk(Connection connection, Lane lane, Head begin, Part part, long most) throws SQLException {
        Head head = begin;
        try (PreparedStatement statement = connection.prepareStatement(ENTRIES)) {
            statement.setFetchSize(FETCH);
            statement.setInt(1, lane.lane());
            statement.setLong(2, begin.seq());
            statement.setLong(3, most + 1);
            try (ResultSet row = statement.executeQuery()) {
                for (long left = most; row.next(); left--) {
                    Optional<String> wrong = wrong(row, lane, head);
                    if (wrong.isPresent()) {
                        part.broken = Optional.of(new Broken(new Place(lane.lane(), head.seq() + 1), wrong.get()));
                        return head;
                    }
                    if (left == 0) {
                        return head;
                    }
                    head = head.next(row.getInt(12), row.getLong(13), Octets.of(row.getBytes(11)));
                    part.entries++;
                }
            }
        }
        conclude(lane, head, part);
        return head;
    }

    private static Optional<String> wrong(ResultSet row, Lane lane, Head before) throws SQLException {
        if (row.getLong(1) != before.seq() + 1) {
            return Optional.of("An entry is missing.");
        }
        if (row.getLong(1) > lane.head().seq()) {
            return Optional.of("An entry stands behind the lane's head: no lane wrote it.");
        }
        if (!entry(row).leafHash().equals(Octets.of(row.getBytes(11)))) {
            return Optional.of("The entry is not as it was written.");
        }
        boolean follows = row.getInt(12) == row.getInt(14) && row.getLong(13) == row.getLong(15) && row.getBoolean(16);
        return follows
                ? Optional.empty()
                : Optional.of("The entry of the same subject before it is missing, or stands elsewhere.");
    }

    private static void conclude(Lane lane, Head reached, Part part) {
        Place place = new Place(lane.lane(), lane.head().seq());
        if (reached.seq() != lane.head().seq()) {
            part.broken = Optional.of(
                    new Broken(new Place(lane.lane(), reached.seq() + 1), "Entries are missing at the lane's end."));
        } else if (!reached.hash().equals(lane.head().hash())) {
            part.broken = Optional.of(new Broken(
                    place, "The chain does not lead to the lane's head: entries at or before it were exchanged."));
        } else {
            part.heads.add(new Audit.Head(place, lane.head().hash().hex()));
        }
    }

    private static EntryRow entry(ResultSet row) throws SQLException {
        return new EntryRow(
                row.getShort(2),
                Octets.of(row.getBytes(3)),
                row.getInt(4),
                row.getInt(5),
                row.getShort(6),
                row.getLong(7),
                row.getString(8),
                Octets.of(row.getBytes(9)),
                Octets.of(row.getBytes(10)));
    }
}
