package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.SQLException;

/// An entry with its place in the lane.
///
/// @param before the entry before it of the same subject
record Placed(EntryRow row, Octets leaf, Candidate.Last before, int lane, long seq) {

    /// Writes many at once.
    static final String INSERT = """
            INSERT INTO entry (seq, prev_seq, at, lane, prev_lane, version, tenant, slot, kind, subject_id, act_id,
                               leaf_hash, actor, sealed)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[],
                                 ?::smallint[], ?::smallint[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[], ?::bytea[])""";

    static Bind<Placed> bind(Bind<Placed> bind) throws SQLException {
        return bind.longs(Placed::seq)
                .longs(e -> e.before().seq())
                .longs(e -> e.row().at())
                .ints(Placed::lane)
                .ints(e -> e.before().lane())
                .ints(e -> e.row().version())
                .ints(e -> e.row().tenant())
                .shorts(e -> e.row().slot())
                .shorts(e -> e.row().kind())
                .octets(e -> e.row().subjectId())
                .octets(e -> e.row().actId())
                .octets(Placed::leaf)
                .texts(e -> e.row().actor())
                .octets(e -> e.row().sealed());
    }
}
