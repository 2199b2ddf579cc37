package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/// Where an operator's change writes its audit entries: into the lane of its node, like every other act.
public final class Journal {

    private static final String LAST = """
            SELECT version, lane, seq FROM entry WHERE slot = ? AND subject_id = ? ORDER BY version DESC LIMIT 1""";

    private static final String APPEND = """
            INSERT INTO entry (seq, prev_seq, at, lane, prev_lane, version, tenant, slot, kind, subject_id, act_id,
                               leaf_hash, actor, sealed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String LAST_OF_ALL = """
            SELECT u.subject_id, l.version, l.lane, l.seq FROM unnest(?::smallint[], ?::bytea[]) AS u(slot, subject_id)
            CROSS JOIN LATERAL (SELECT version, lane, seq FROM entry e
                                WHERE e.slot = u.slot AND e.subject_id = u.subject_id
                                ORDER BY version DESC LIMIT 1) AS l""";

    private static final Before NEW = new Before(0, Candidate.Last.NONE);

    private record Before(int version, Candidate.Last last) {}

    private final Connection connection;
    private final int lane;
    private Head head;
    private Octets lastLeaf = Octets.of(new byte[0]);

    Journal(Connection connection, int lane, Head head) {
        this.connection = connection;
        this.lane = lane;
        this.head = head;
    }

    /// Appends the next entry of a subject.
    ///
    /// @param entry makes the entry of a version
    public void append(short slot, Octets subject, IntFunction<EntryRow> entry) throws SQLException {
        Before before = before(slot, subject);
        EntryRow row = entry.apply(before.version() + 1);
        Octets leaf = row.leafHash();
        lastLeaf = leaf;
        head = head.next(before.last().lane(), before.last().seq(), leaf);
        try (PreparedStatement insert = connection.prepareStatement(APPEND)) {
            insert.setLong(1, head.seq());
            insert.setLong(2, before.last().seq());
            insert.setLong(3, row.at());
            insert.setInt(4, lane);
            insert.setInt(5, before.last().lane());
            insert.setInt(6, row.version());
            insert.setInt(7, row.tenant());
            insert.setShort(8, row.slot());
            insert.setShort(9, row.kind());
            insert.setBytes(10, row.subjectId().raw());
            insert.setBytes(11, row.actId().raw());
            insert.setBytes(12, leaf.raw());
            insert.setString(13, row.actor());
            insert.setBytes(14, row.sealed().raw());
            insert.executeUpdate();
        }
    }

    /// Writes an act on devices. Nobody else writes meanwhile, so that it rests on what the change has just read.
    public void write(Work work) throws SQLException {
        EntryRow entry = work.entry();
        if (entry == null) {
            throw new IllegalArgumentException("an operator's act without an entry");
        }
        List<Candidate> alone = List.of(new Candidate(work));
        Claims.run(connection, alone);
        DeviceLocks.run(connection, alone);
        if (!alone.getFirst().alive()) {
            throw new IllegalStateException("something changed while all lanes stood still");
        }
        head = Rows.write(connection, lane, head, alone);
        lastLeaf = entry.leafHash();
    }

    /// Appends the next entry of each of many subjects, each of which carries its slot; in two statements for all.
    ///
    /// @param subjects each once
    /// @param entry    makes the entry of a version of a subject
    public void appendAll(List<Octets> subjects, BiFunction<Octets, Integer, EntryRow> entry) throws SQLException {
        Map<Octets, Before> before = before(subjects);
        List<Placed> placed = new ArrayList<>(subjects.size());
        for (Octets subject : subjects) {
            Before last = before.getOrDefault(subject, NEW);
            EntryRow row = entry.apply(subject, last.version() + 1);
            lastLeaf = row.leafHash();
            head = head.next(last.last().lane(), last.last().seq(), lastLeaf);
            placed.add(new Placed(row, lastLeaf, last.last(), lane, head.seq()));
        }
        try (PreparedStatement insert = connection.prepareStatement(Placed.INSERT)) {
            Placed.bind(Bind.of(insert, placed));
            insert.executeUpdate();
        }
    }

    /// The place of the entry that was written last.
    public long seq() {
        return head.seq();
    }

    /// The lane that it stands in.
    public int lane() {
        return lane;
    }

    Head head() {
        return head;
    }

    /// The leaf hash of the entry at the head.
    Octets lastLeaf() {
        return lastLeaf;
    }

    private Before before(short slot, Octets subject) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LAST)) {
            select.setShort(1, slot);
            select.setBytes(2, subject.raw());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new Before(row.getInt(1), new Candidate.Last(row.getInt(2), row.getLong(3))) : NEW;
            }
        }
    }

    private Map<Octets, Before> before(List<Octets> subjects) throws SQLException {
        Map<Octets, Before> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LAST_OF_ALL)) {
            Bind.of(select, subjects).shorts(Octets::slot).octets(subject -> subject);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            Octets.of(rows.getBytes(1)),
                            new Before(rows.getInt(2), new Candidate.Last(rows.getInt(3), rows.getLong(4))));
                }
            }
        }
        return found;
    }
}
