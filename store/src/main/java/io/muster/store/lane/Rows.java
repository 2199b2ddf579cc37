package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/// Step 8: what survived is written, in key order, one `unnest` statement for each table, and the lane's new head. The
/// statements travel together and are carried out one after the other, each with a snapshot of its own.
final class Rows {

    private static final String DEVICES = """
            INSERT INTO device (created_at, updated_at, last_seq, last_lane, tenant, version, slot, state, device_id,
                                enrollment, type, region, hub, sealed)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::smallint[],
                                 ?::smallint[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])""";

    private static final String KEYS = """
            INSERT INTO device_key (bucket_key, slot, device_id, wrapped)
            SELECT * FROM unnest(?::int[], ?::smallint[], ?::bytea[], ?::bytea[])""";

    private static final String CHANGED = """
            UPDATE device d
            SET updated_at = u.updated_at, last_seq = u.last_seq, last_lane = u.last_lane, version = u.version,
                state = u.state, enrollment = u.enrollment, type = u.type, region = u.region, hub = u.hub,
                sealed = u.sealed
            FROM unnest(?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::smallint[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::bytea[], ?::smallint[], ?::bytea[])
              AS u(updated_at, last_seq, last_lane, version, state, enrollment, type, region, hub, sealed,
                   slot, device_id)
            WHERE d.slot = u.slot AND d.device_id = u.device_id""";

    private static final String BINDINGS = """
            UPDATE binding b
            SET state = u.state
            FROM unnest(?::smallint[], ?::smallint[], ?::int[], ?::bytea[], ?::smallint[])
              AS u(slot, kind, tenant, bi, state)
            WHERE b.slot = u.slot AND b.tenant = u.tenant AND b.kind = u.kind AND b.bi = u.bi""";

    private static final String ENTRIES = """
            INSERT INTO entry (seq, prev_seq, at, lane, prev_lane, version, tenant, slot, kind, subject_id, act_id,
                               leaf_hash, actor, sealed)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::int[],
                                 ?::smallint[], ?::smallint[], ?::bytea[], ?::bytea[], ?::bytea[], ?::text[], ?::bytea[])""";

    private static final String ATTEMPTS = """
            INSERT INTO attempt (tenant, bucket_key, slot, verdict, subject_id, attempt_id, device_id, code, enrollment,
                                 sealed)
            SELECT * FROM unnest(?::int[], ?::int[], ?::smallint[], ?::smallint[], ?::bytea[], ?::bytea[], ?::bytea[],
                                 ?::text[], ?::text[], ?::bytea[])""";

    private static final String OPERATIONS = """
            UPDATE operation o
            SET state = u.state, outcome = u.outcome
            FROM unnest(?::smallint[], ?::bytea[], ?::smallint[], ?::bytea[]) AS u(slot, op_id, state, outcome)
            WHERE o.slot = u.slot AND o.op_id = u.op_id AND o.state = 0""";

    private static final String HEAD = """
            UPDATE lane SET head_seq = ?, head_hash = ? WHERE lane = ?""";

    /// An entry with its place in the lane.
    private record Placed(EntryRow row, Octets leaf, Candidate.Last before, long seq) {}

    /// A device with the place of its entry.
    private record Device(DeviceRow row, long seq) {}

    private final int lane;
    private final List<Device> born = new ArrayList<>();
    private final List<KeyRow> keys = new ArrayList<>();
    private final List<Device> changed = new ArrayList<>();
    private final List<BindingRow> bindings = new ArrayList<>();
    private final List<Placed> entries = new ArrayList<>();
    private final List<AttemptRow> attempts = new ArrayList<>();
    private final List<OperationEnd> operations = new ArrayList<>();
    private Head head;

    private Rows(int lane, Head head) {
        this.lane = lane;
        this.head = head;
    }

    /// Writes the survivors' rows and returns the new head.
    static Head write(Connection connection, int lane, Head head, List<Candidate> survivors) throws SQLException {
        Rows rows = new Rows(lane, head);
        survivors.forEach(rows::collect);
        rows.bindings.sort(BindingRow.KEY_ORDER);
        rows.run(connection);
        return rows.head;
    }

    private void collect(Candidate candidate) {
        Work work = candidate.work();
        if (work.entry() != null) {
            EntryRow entry = work.entry();
            Octets leaf = entry.leafHash();
            head = head.next(candidate.last().lane(), candidate.last().seq(), leaf);
            entries.add(new Placed(entry, leaf, candidate.last(), head.seq()));
        }
        if (work.device() != null) {
            (work.known() == null ? born : changed).add(new Device(work.device(), head.seq()));
        }
        if (work.key() != null) {
            keys.add(work.key());
        }
        bindings.addAll(candidate.changedBindings());
        attempts.add(work.attempt());
        if (work.operation() != null) {
            operations.add(work.operation());
        }
    }

    private void run(Connection connection) throws SQLException {
        StringJoiner sql = new StringJoiner(";\n");
        addUnlessEmpty(sql, DEVICES, born);
        addUnlessEmpty(sql, KEYS, keys);
        addUnlessEmpty(sql, CHANGED, changed);
        addUnlessEmpty(sql, BINDINGS, bindings);
        addUnlessEmpty(sql, ENTRIES, entries);
        addUnlessEmpty(sql, ATTEMPTS, attempts);
        addUnlessEmpty(sql, OPERATIONS, operations);
        sql.add(HEAD);
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            bind(Bind.of(statement, born));
            statement.execute();
        }
    }

    private static void addUnlessEmpty(StringJoiner sql, String statement, List<?> rows) {
        if (!rows.isEmpty()) {
            sql.add(statement);
        }
    }

    private void bind(Bind<Device> first) throws SQLException {
        Bind<?> bind = first;
        if (!born.isEmpty()) {
            bind = bindBorn(first);
        }
        if (!keys.isEmpty()) {
            bind = bindKeys(bind.then(keys));
        }
        if (!changed.isEmpty()) {
            bind = bindChanged(bind.then(changed));
        }
        if (!bindings.isEmpty()) {
            bind = bindBindings(bind.then(bindings));
        }
        if (!entries.isEmpty()) {
            bind = bindEntries(bind.then(entries));
        }
        if (!attempts.isEmpty()) {
            bind = bindAttempts(bind.then(attempts));
        }
        if (!operations.isEmpty()) {
            bind = bindOperations(bind.then(operations));
        }
        bind.number(head.seq()).octets(head.hash()).number(lane);
    }

    private Bind<Device> bindBorn(Bind<Device> bind) throws SQLException {
        return bind.longs(d -> d.row().createdAt())
                .longs(d -> d.row().updatedAt())
                .longs(Device::seq)
                .ints(d -> lane)
                .ints(d -> d.row().tenant())
                .ints(d -> d.row().version())
                .shorts(d -> d.row().slot())
                .shorts(d -> d.row().state())
                .octets(d -> d.row().deviceId())
                .texts(d -> d.row().enrollment())
                .texts(d -> d.row().type())
                .texts(d -> d.row().region())
                .texts(d -> d.row().hub())
                .octets(d -> d.row().sealed());
    }

    private static Bind<KeyRow> bindKeys(Bind<KeyRow> bind) throws SQLException {
        return bind.ints(KeyRow::bucketKey)
                .shorts(KeyRow::slot)
                .octets(KeyRow::deviceId)
                .octets(KeyRow::wrapped);
    }

    private Bind<Device> bindChanged(Bind<Device> bind) throws SQLException {
        return bind.longs(d -> d.row().updatedAt())
                .longs(Device::seq)
                .ints(d -> lane)
                .ints(d -> d.row().version())
                .shorts(d -> d.row().state())
                .texts(d -> d.row().enrollment())
                .texts(d -> d.row().type())
                .texts(d -> d.row().region())
                .texts(d -> d.row().hub())
                .octets(d -> d.row().sealed())
                .shorts(d -> d.row().slot())
                .octets(d -> d.row().deviceId());
    }

    private static Bind<BindingRow> bindBindings(Bind<BindingRow> bind) throws SQLException {
        return bind.shorts(BindingRow::slot)
                .shorts(BindingRow::kind)
                .ints(BindingRow::tenant)
                .octets(BindingRow::bi)
                .shorts(BindingRow::state);
    }

    private Bind<Placed> bindEntries(Bind<Placed> bind) throws SQLException {
        return bind.longs(Placed::seq)
                .longs(e -> e.before().seq())
                .longs(e -> e.row().at())
                .ints(e -> lane)
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

    private static Bind<AttemptRow> bindAttempts(Bind<AttemptRow> bind) throws SQLException {
        return bind.ints(AttemptRow::tenant)
                .ints(AttemptRow::bucketKey)
                .shorts(AttemptRow::slot)
                .shorts(AttemptRow::verdict)
                .octets(AttemptRow::subjectId)
                .octets(AttemptRow::attemptId)
                .octets(AttemptRow::deviceId)
                .texts(AttemptRow::code)
                .texts(AttemptRow::enrollment)
                .octets(AttemptRow::sealed);
    }

    private static Bind<OperationEnd> bindOperations(Bind<OperationEnd> bind) throws SQLException {
        return bind.shorts(OperationEnd::slot)
                .octets(OperationEnd::opId)
                .shorts(OperationEnd::state)
                .octets(OperationEnd::outcome);
    }
}
