package io.muster.store.outbox;

import io.muster.core.device.Name;
import io.muster.core.ledger.Outbox;
import io.muster.store.database.Bind;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.Signal;
import io.muster.store.ledger.EntryEvents;
import io.muster.store.ledger.EntryEvents.Opened;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The outbox is table `entry` itself, read lane by lane: nothing can be missing in it.
public final class PostgresOutbox implements Outbox {

    static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    /// How long a node that gave no sign keeps a turn.
    private static final Duration LEASE = Duration.ofSeconds(10);

    /// Of each lane at least: one that waits for another must not starve it.
    private static final int LEAST_OF_LANE = 50;

    private static final String INTRODUCE = """
            INSERT INTO sink (sink, kind, turn, lease_until, paused) VALUES (?, ?, 0, 0, false)
            ON CONFLICT (sink) DO UPDATE SET kind = excluded.kind""";

    private static final String TAKE = "UPDATE sink SET turn = turn + 1, lease_until = " + NOW + " + ?"
            + " WHERE sink = ? AND lease_until < " + NOW + " AND NOT paused RETURNING turn";

    private static final String HOLD =
            "UPDATE sink SET lease_until = " + NOW + " + ?" + " WHERE sink = ? AND turn = ? AND NOT paused";

    private static final String PASS =
            "UPDATE sink SET lease_until = " + NOW + " + ?" + " WHERE sink = ? AND turn = ? RETURNING paused";

    private static final String GIVE_BACK = "UPDATE sink SET lease_until = 0 WHERE sink = ? AND turn = ?";

    private static final String CURSORS = """
            SELECT l.lane, l.head_seq, coalesce(c.seq, 0) FROM sink s CROSS JOIN lane l
            LEFT JOIN sink_cursor c ON c.sink = s.sink AND c.lane = l.lane
            WHERE s.sink = ? AND s.turn = ? AND NOT s.paused""";

    private static final String ENTRIES = "SELECT " + OutboxRow.COLUMNS + """

            FROM unnest(?::int[], ?::bigint[]) AS u(lane, seq)
            CROSS JOIN LATERAL (SELECT * FROM entry WHERE lane = u.lane AND seq > u.seq ORDER BY seq LIMIT ?) e
            LEFT JOIN device_key k ON k.slot = e.slot AND k.device_id = e.subject_id
            ORDER BY e.lane, e.seq""";

    private static final String MOVE = """
            INSERT INTO sink_cursor (sink, lane, seq) SELECT ?, u.* FROM unnest(?::int[], ?::bigint[]) AS u
            ON CONFLICT (sink, lane) DO UPDATE SET seq = excluded.seq""";

    private static final String FORGET = """
            DELETE FROM dead_letter d USING unnest(?::int[], ?::bigint[], ?::bigint[]) AS u(lane, after, up_to)
            WHERE d.sink = ? AND d.lane = u.lane AND d.seq > u.after AND d.seq <= u.up_to""";

    private static final String BURY = "INSERT INTO dead_letter (sink, at, lane, seq, reason) SELECT ?, " + NOW
            + ", u.* FROM unnest(?::int[], ?::bigint[], ?::text[]) AS u";

    private record Behind(int lane, long head, long cursor) {
        boolean anything() {
            return head > cursor;
        }
    }

    private final Database database;
    private final Query query;
    private final EntryEvents events;
    private final Signal written;

    /// @param written raised when this node has written
    public PostgresOutbox(Database database, EntryEvents events, Signal written) {
        this.database = database;
        this.query = new Query(database);
        this.events = events;
        this.written = written;
    }

    @Override
    public void introduce(Name sink, String kind) {
        database.transact(connection -> Query.change(connection, INTRODUCE, s -> {
            s.setString(1, sink.value());
            s.setString(2, kind);
        }));
    }

    @Override
    public Optional<Turn> take(Name sink) {
        return database.transact(connection -> Query.all(
                        connection,
                        TAKE,
                        s -> {
                            s.setLong(1, LEASE.toMillis());
                            s.setString(2, sink.value());
                        },
                        row -> new Turn(sink, row.getLong(1)))
                .stream()
                .findFirst());
    }

    @Override
    public Optional<Window> read(Turn turn, int most) {
        List<Behind> lanes = query.all(
                CURSORS,
                s -> {
                    s.setString(1, turn.sink().value());
                    s.setLong(2, turn.number());
                },
                row -> new Behind(row.getInt(1), row.getLong(2), row.getLong(3)));
        return lanes.isEmpty() ? Optional.empty() : Optional.of(window(lanes, most));
    }

    private Window window(List<Behind> lanes, int most) {
        List<Behind> behind = lanes.stream().filter(Behind::anything).toList();
        if (behind.isEmpty()) {
            return new Window(List.of(), List.of(), List.of());
        }
        int each = Math.max(LEAST_OF_LANE, most / behind.size());
        List<OutboxRow> rows = query.all(
                ENTRIES,
                s -> Bind.of(s, behind).ints(Behind::lane).longs(Behind::cursor).number(each),
                OutboxRow::read);
        Map<Integer, Long> cursors = lanes.stream().collect(Collectors.toMap(Behind::lane, Behind::cursor));
        Gate gate = new Gate(cursors);
        gate.letThrough(rows, most);
        return opened(gate);
    }

    private Window opened(Gate gate) {
        List<Told> told = new ArrayList<>();
        List<DeadLetter> dead = new ArrayList<>();
        for (OutboxRow row : gate.through()) {
            switch (events.open(row.entry())) {
                case Opened.Told(var event) -> told.add(new Told(row.entry().place(), event));
                case Opened.Unreadable(String reason) ->
                    dead.add(new DeadLetter(row.entry().place(), reason));
                case Opened.Silent() -> {}
            }
        }
        return new Window(told, dead, gate.stretches());
    }

    @Override
    public boolean passed(Turn turn, Window window, List<DeadLetter> dead) {
        return database.transact(connection -> {
            Optional<Boolean> paused = renewed(connection, turn);
            if (paused.isPresent()) {
                move(connection, turn.sink(), window.stretches());
                bury(connection, turn.sink(), dead);
            }
            return paused.isPresent() && !paused.get();
        });
    }

    /// Whether it is paused; empty when the turn is over.
    private static Optional<Boolean> renewed(Connection connection, Turn turn) throws SQLException {
        return Query.all(connection, PASS, s -> bind(s, turn), row -> row.getBoolean(1)).stream()
                .findFirst();
    }

    private static void move(Connection connection, Name sink, List<Stretch> stretches) throws SQLException {
        Query.change(connection, MOVE, s -> {
            s.setString(1, sink.value());
            Bind.after(s, 1, stretches).ints(Stretch::lane).longs(Stretch::upTo);
        });
        Query.change(connection, FORGET, s -> {
            Bind.of(s, stretches).ints(Stretch::lane).longs(Stretch::after).longs(Stretch::upTo);
            s.setString(4, sink.value());
        });
    }

    private static void bury(Connection connection, Name sink, List<DeadLetter> dead) throws SQLException {
        if (!dead.isEmpty()) {
            Query.change(connection, BURY, s -> {
                s.setString(1, sink.value());
                Bind.after(s, 1, dead)
                        .ints(it -> it.place().lane())
                        .longs(it -> it.place().seq())
                        .texts(DeadLetter::reason);
            });
        }
    }

    @Override
    public boolean hold(Turn turn) {
        return database.transact(connection -> Query.change(connection, HOLD, s -> bind(s, turn))) == 1;
    }

    @Override
    public void giveBack(Turn turn) {
        database.transact(connection -> Query.change(connection, GIVE_BACK, s -> {
            s.setString(1, turn.sink().value());
            s.setLong(2, turn.number());
        }));
    }

    private static void bind(PreparedStatement statement, Turn turn) throws SQLException {
        statement.setLong(1, LEASE.toMillis());
        statement.setString(2, turn.sink().value());
        statement.setLong(3, turn.number());
    }

    @Override
    public long beat() {
        return written.beat();
    }

    @Override
    public void await(long beat, Duration most) {
        written.await(beat, most);
    }

    @Override
    public void wake() {
        written.raise();
    }
}
