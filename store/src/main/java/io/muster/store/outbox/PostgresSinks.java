package io.muster.store.outbox;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Audit.Place;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.core.ledger.Sinks;
import io.muster.store.audit.Digests;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.Lane;
import io.muster.store.roster.Audit;
import io.muster.store.roster.Audit.Deed;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Sealing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sinks as operators see them. What they do to one is written while every lane stands still, like all their acts.
public final class PostgresSinks implements Sinks {

    private static final String LIST = """
            SELECT s.sink, s.kind, s.paused,
              coalesce((SELECT sum(l.head_seq - coalesce(c.seq, 0)) FROM lane l
                LEFT JOIN sink_cursor c ON c.sink = s.sink AND c.lane = l.lane), 0)::bigint,
              (SELECT min(e.at) FROM lane l LEFT JOIN sink_cursor c ON c.sink = s.sink AND c.lane = l.lane
                JOIN entry e ON e.lane = l.lane AND e.seq = coalesce(c.seq, 0) + 1
                WHERE l.head_seq > coalesce(c.seq, 0)),
              (SELECT count(*) FROM dead_letter d WHERE d.sink = s.sink),\s""" + PostgresOutbox.NOW + """

            FROM sink s WHERE (?::text IS NULL OR s.sink = ?) ORDER BY s.sink""";

    private static final String PAUSE = "UPDATE sink SET paused = true WHERE sink = ?";

    private static final String RESUME =
            "UPDATE sink SET paused = false, turn = turn + 1, lease_until = 0 WHERE sink = ?";

    /// Whether there is one of that name.
    private static final String SAME = "UPDATE sink SET kind = kind WHERE sink = ?";

    /// Whoever has the turn notices with its next step, and takes the next turn at once.
    private static final String BEGIN_ANEW = "UPDATE sink SET turn = turn + 1, lease_until = 0 WHERE sink = ?";

    private static final String DEAD = """
            SELECT lane, seq, at, reason FROM dead_letter WHERE sink = ? AND (lane, seq) > (?, ?)
            ORDER BY lane, seq LIMIT ?""";

    private final Query query;
    private final Lane lane;
    private final Audit audit;
    private final Rewind rewind;

    public PostgresSinks(Database database, Lane lane, Sealing sealing, BlindIndex index, InstantSource clock) {
        this.query = new Query(database);
        this.lane = lane;
        this.audit = new Audit(sealing, index, clock);
        this.rewind = new Rewind(query);
    }

    @Override
    public List<Standing> list() {
        return query.all(LIST, s -> bind(s, null), PostgresSinks::read);
    }

    @Override
    public Optional<Standing> find(Name sink) {
        return query.one(LIST, s -> bind(s, sink.value()), PostgresSinks::read);
    }

    private static void bind(PreparedStatement statement, @Nullable String sink) throws SQLException {
        statement.setString(1, sink);
        statement.setString(2, sink);
    }

    private static Standing read(ResultSet row) throws SQLException {
        long oldest = row.getLong(5);
        Duration age = row.wasNull() ? Duration.ZERO : Duration.ofMillis(Math.max(0, row.getLong(7) - oldest));
        return new Standing(
                new Name(row.getString(1)), row.getString(2), row.getBoolean(3), row.getLong(4), age, row.getLong(6));
    }

    @Override
    public Optional<Standing> pause(Name sink, Warrant warrant) {
        Deed deed = new Deed(Kind.SINK_PAUSED, subject(sink), "paused", Digests.NONE);
        return change(sink, deed, warrant, connection -> update(connection, PAUSE, sink));
    }

    @Override
    public Optional<Standing> resume(Name sink, Warrant warrant) {
        Deed deed = new Deed(Kind.SINK_RESUMED, subject(sink), "resumed", Digests.NONE);
        return change(sink, deed, warrant, connection -> update(connection, RESUME, sink));
    }

    private static int update(Connection connection, String sql, Name sink) throws SQLException {
        return Query.change(connection, sql, s -> s.setString(1, sink.value()));
    }

    @Override
    public Optional<Standing> replay(Name sink, Optional<Instant> since, Warrant warrant) {
        List<Place> cursors = rewind.to(since);
        String detail = "told again since " + since.map(Instant::toString).orElse("the beginning");
        Deed deed = new Deed(Kind.SINK_REPLAYED, subject(sink), detail, Digests.NONE);
        return change(sink, deed, warrant, connection -> {
            int known = update(connection, BEGIN_ANEW, sink);
            rewind.write(connection, sink, cursors);
            return known;
        });
    }

    @Override
    public Optional<Standing> reconciled(Name sink, String detail, Warrant warrant) {
        Deed deed = new Deed(Kind.SINK_RECONCILED, subject(sink), detail, Digests.NONE);
        return change(sink, deed, warrant, connection -> update(connection, SAME, sink));
    }

    @FunctionalInterface
    private interface Change {
        int write(Connection connection) throws SQLException;
    }

    private Optional<Standing> change(Name sink, Deed deed, Warrant warrant, Change change) {
        boolean known = lane.change(
                (connection, journal) -> {
                    if (change.write(connection) == 0) {
                        return false;
                    }
                    audit.write(journal, 0, deed, warrant);
                    return true;
                },
                warrant);
        return known ? find(sink) : Optional.empty();
    }

    private static String subject(Name sink) {
        return "sink:" + sink;
    }

    @Override
    public Page deadLetters(Name sink, Optional<String> cursor, int limit) {
        Place from = cursor.map(PostgresSinks::parse).orElse(new Place(Integer.MIN_VALUE, 0));
        List<Refused> found = query.all(
                DEAD,
                s -> {
                    s.setString(1, sink.value());
                    s.setInt(2, from.lane());
                    s.setLong(3, from.seq());
                    s.setInt(4, limit + 1);
                },
                row -> new Refused(
                        new Place(row.getInt(1), row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3)),
                        row.getString(4)));
        List<Refused> items = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next = found.size() > limit
                ? Optional.of(items.getLast().place().toString().replace('/', '-'))
                : Optional.empty();
        return new Page(items, next);
    }

    private static Place parse(String cursor) {
        String[] parts = cursor.split("-", -1);
        try {
            if (parts.length == 2) {
                return new Place(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw new CursorMalformed();
        }
        throw new CursorMalformed();
    }
}
