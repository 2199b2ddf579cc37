package io.muster.store.outbox;

import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Place;
import io.muster.store.database.Bind;
import io.muster.store.database.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds where the entries since a moment begin in each lane. A lane has no gap, and its times go up but for some
/// noise: the clocks of nodes differ, and an act is written a little after it was decided. So the place is found by
/// halving, somewhat before the moment.
final class Rewind {

    /// More than clocks may differ and acts may wait.
    static final Duration SLACK = Duration.ofMinutes(10);

    private static final String LANES = "SELECT lane, head_seq FROM lane";
    private static final String AT = "SELECT at FROM entry WHERE lane = ? AND seq = ?";

    /// Never forward: who replays does not skip.
    private static final String WRITE = """
            UPDATE sink_cursor c SET seq = least(c.seq, u.seq) FROM unnest(?::int[], ?::bigint[]) AS u(lane, seq)
            WHERE c.lane = u.lane AND c.sink = ?""";

    private final Query query;

    Rewind(Query query) {
        this.query = query;
    }

    /// Of each lane the last entry before the moment; 0 where there is none.
    List<Place> to(Optional<Instant> since) {
        List<Place> heads = query.all(LANES, s -> {}, row -> new Place(row.getInt(1), row.getLong(2)));
        return since.map(moment -> moment.minus(SLACK).toEpochMilli())
                .map(millis -> heads.stream().map(head -> before(head, millis)).toList())
                .orElseGet(() ->
                        heads.stream().map(head -> new Place(head.lane(), 0)).toList());
    }

    private Place before(Place head, long millis) {
        long before = 0;
        long since = head.seq() + 1;
        while (since - before > 1) {
            long middle = before + (since - before) / 2;
            if (at(head.lane(), middle) < millis) {
                before = middle;
            } else {
                since = middle;
            }
        }
        return new Place(head.lane(), before);
    }

    private long at(int lane, long seq) {
        return query.one(
                        AT,
                        s -> {
                            s.setInt(1, lane);
                            s.setLong(2, seq);
                        },
                        row -> row.getLong(1))
                .orElseThrow();
    }

    void write(Connection connection, Name sink, List<Place> cursors) throws SQLException {
        Query.change(connection, WRITE, s -> {
            Bind.of(s, cursors).ints(Place::lane).longs(Place::seq);
            s.setString(3, sink.value());
        });
    }
}
