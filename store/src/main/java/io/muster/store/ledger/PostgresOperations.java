package io.muster.store.ledger;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Logbook.Stage;
import io.muster.core.ledger.Operation;
import io.muster.core.ledger.Operation.State;
import io.muster.core.ledger.Operations;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.AttemptRow;
import io.muster.store.lane.OperationEnd;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Deferred tries. Leases and expiry go by the database's clock.
public final class PostgresOperations implements Operations {

    /// How long an operation is kept: open for as long as it may wait, ended for as long as its device may ask.
    public static final Duration KEPT = Duration.ofHours(24);

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String OPEN_ONE = "SELECT op_id"
            + " FROM operation WHERE slot = ? AND tenant = ? AND name_bi = ? AND key_bi = ? AND state = 0";

    private static final String OPEN_ALL =
            "SELECT op_id FROM operation WHERE slot = ? AND tenant = ? AND name_bi = ? AND state = 0 ORDER BY op_id";

    private static final String INSERT = "INSERT INTO operation"
            + " (run_after, lease_until, expires_at, tenant, slot, state, op_id, name_bi, key_bi, sealed)"
            + " VALUES (" + NOW + ", 0, " + NOW + " + ?, ?, ?, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private static final String INSERT_ATTEMPT = "INSERT INTO attempt (tenant, bucket_key, slot, verdict, subject_id,"
            + " attempt_id, device_id, code, enrollment, sealed) VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?)";

    private static final String FIND = "SELECT state, expires_at < " + NOW + ", outcome, sealed FROM operation"
            + " WHERE slot = ? AND op_id = ? AND tenant = ? AND name_bi = ?";

    private static final String SHOWN =
            "SELECT slot, op_id, state, expires_at < " + NOW + ", outcome, sealed" + " FROM operation";

    private static final String LIST = SHOWN + " WHERE (slot, op_id) > (?, ?) AND tenant = ? AND (?::text IS NULL"
            + " OR CASE WHEN state = 1 THEN 'DONE' WHEN state = 2 THEN 'FAILED' WHEN expires_at < " + NOW
            + " THEN 'EXPIRED' ELSE 'WAITING' END = ?) ORDER BY slot, op_id LIMIT ?";

    private static final String BY_NUMBER = SHOWN + " WHERE op_id = ? AND tenant = ?";

    private static final String LEASE =
            "WITH due AS (SELECT slot, op_id FROM operation WHERE state = 0 AND run_after <= "
                    + NOW + " ORDER BY run_after LIMIT ? FOR UPDATE SKIP LOCKED)"
                    + " UPDATE operation o SET run_after = " + NOW + " + ?, lease_until = " + NOW + " + ? FROM due"
                    + " WHERE o.slot = due.slot AND o.op_id = due.op_id"
                    + " RETURNING o.tenant, o.op_id, o.sealed";

    private static final String POSTPONE = "UPDATE operation SET run_after = " + NOW
            + " + ?, lease_until = 0 WHERE slot = ? AND op_id = ? AND state = 0";

    private static final String END =
            "UPDATE operation SET state = ?, outcome = ? WHERE slot = ? AND op_id = ? AND state = 0";

    private static final String DROP_EXPIRED = "DELETE FROM operation WHERE slot = ? AND tenant = ? AND name_bi = ?"
            + " AND key_bi = ? AND state = 0 AND expires_at < " + NOW;

    private static final String SWEEP = "DELETE FROM operation WHERE expires_at < " + NOW + " - ?";

    private record Leased(int tenant, Octets id, Octets sealed) {}

    private final Database database;
    private final PostgresRoster roster;
    private final Ids ids;
    private final AttemptRows attempts;
    private final OperationForm form;

    PostgresOperations(Database database, PostgresRoster roster, Ids ids, AttemptRows attempts, OperationForm form) {
        this.database = database;
        this.roster = roster;
        this.ids = ids;
        this.attempts = attempts;
        this.form = form;
    }

    @Override
    public OperationId defer(Operation operation, Attempt attempt) {
        int tenant = number(operation.tenant());
        Indexed name = ids.name(tenant, operation.registrationId());
        Octets key = ids.key(tenant, operation.key()).bi();
        Octets id = Ids.octets(operation.id().value());
        Octets sealed = form.seal(tenant, operation);
        AttemptRow row = attempts.ofName(tenant, name, attempt);
        return database.transact(connection -> {
            dropExpired(connection, tenant, name, key);
            int inserted = Query.change(connection, INSERT, s -> {
                s.setLong(1, KEPT.toMillis());
                s.setInt(2, tenant);
                s.setShort(3, name.slot());
                s.setBytes(4, id.raw());
                s.setBytes(5, name.bi().raw());
                s.setBytes(6, key.raw());
                s.setBytes(7, sealed.raw());
            });
            if (inserted == 0) {
                return open(connection, tenant, name, key);
            }
            insert(connection, row);
            return operation.id();
        });
    }

    @Override
    public Optional<Operation> find(Name tenant, RegistrationId name, OperationId id) {
        Optional<Integer> number = roster.number(tenant);
        return number.flatMap(it -> find(it, tenant, ids.name(it, name), Ids.octets(id.value())));
    }

    @Override
    public List<Operation> lease(int limit, Duration lease) {
        List<Leased> leased = database.transact(connection -> Query.all(
                connection,
                LEASE,
                s -> {
                    s.setInt(1, limit);
                    s.setLong(2, lease.toMillis());
                    s.setLong(3, lease.toMillis());
                },
                row -> new Leased(row.getInt(1), octets(row.getBytes(2)), octets(row.getBytes(3)))));
        return leased.stream().flatMap(it -> open(it).stream()).toList();
    }

    @Override
    public void postpone(Operation operation, Duration delay) {
        Indexed name = ids.name(number(operation.tenant()), operation.registrationId());
        int changed = database.transact(connection -> Query.change(connection, POSTPONE, s -> {
            s.setLong(1, delay.toMillis());
            s.setShort(2, name.slot());
            s.setBytes(3, Ids.octets(operation.id().value()).raw());
        }));
        assert changed <= 1;
    }

    @Override
    public void fail(Operation operation, Problem problem) {
        int tenant = number(operation.tenant());
        Indexed name = ids.name(tenant, operation.registrationId());
        Octets id = Ids.octets(operation.id().value());
        Octets outcome = form.sealOutcome(tenant, id, new State.Failed(problem));
        int changed = database.transact(connection -> Query.change(connection, END, s -> {
            s.setShort(1, OperationForm.FAILED);
            s.setBytes(2, outcome.raw());
            s.setShort(3, name.slot());
            s.setBytes(4, id.raw());
        }));
        assert changed <= 1;
    }

    /// An operation with its place in the table.
    record Placed(Position at, Operation operation) {}

    /// Operations of a tenant in the order of (slot, number).
    List<Placed> list(int number, Name tenant, Optional<Stage> stage, Position from, int limit) {
        String name = stage.map(Stage::name).orElse(null);
        return new Query(database)
                .all(
                        LIST,
                        s -> {
                            s.setShort(1, from.slot());
                            s.setBytes(2, from.id().raw());
                            s.setInt(3, number);
                            s.setString(4, name);
                            s.setString(5, name);
                            s.setInt(6, limit);
                        },
                        row -> placed(row, number, tenant));
    }

    /// An operation by its number alone: for operators, who seldom ask.
    Optional<Operation> find(int number, Name tenant, Octets id) {
        return new Query(database)
                .one(
                        BY_NUMBER,
                        s -> {
                            s.setBytes(1, id.raw());
                            s.setInt(2, number);
                        },
                        row -> placed(row, number, tenant))
                .map(Placed::operation);
    }

    private Placed placed(ResultSet row, int number, Name tenant) throws SQLException {
        Octets id = octets(row.getBytes(2));
        byte[] outcome = row.getBytes(5);
        State state =
                form.state(number, id, row.getShort(3), row.getBoolean(4), outcome == null ? null : Octets.of(outcome));
        Operation operation = form.open(number, tenant, id, octets(row.getBytes(6)), state);
        return new Placed(new Position(row.getShort(1), id), operation);
    }

    /// How the open operations of a device end with its block.
    List<OperationEnd> endings(int tenant, RegistrationId name) {
        Indexed indexed = ids.name(tenant, name);
        State.Failed blocked = new State.Failed(Problem.of(new Refusal.Blocked("registration id")));
        return new Query(database)
                .all(
                        OPEN_ALL,
                        s -> {
                            s.setShort(1, indexed.slot());
                            s.setInt(2, tenant);
                            s.setBytes(3, indexed.bi().raw());
                        },
                        row -> {
                            Octets id = octets(row.getBytes(1));
                            Octets outcome = form.sealOutcome(tenant, id, blocked);
                            return new OperationEnd(indexed.slot(), id, OperationForm.FAILED, outcome);
                        });
    }

    /// Removes what has been over its time for as long again.
    public int sweep() {
        return database.transact(connection -> Query.change(connection, SWEEP, s -> s.setLong(1, KEPT.toMillis())));
    }

    private Optional<Operation> open(Leased leased) {
        return roster.name(leased.tenant())
                .map(tenant -> form.open(leased.tenant(), tenant, leased.id(), leased.sealed(), new State.Waiting()));
    }

    private Optional<Operation> find(int number, Name tenant, Indexed name, Octets id) {
        return new Query(database)
                .one(
                        FIND,
                        s -> {
                            s.setShort(1, name.slot());
                            s.setBytes(2, id.raw());
                            s.setInt(3, number);
                            s.setBytes(4, name.bi().raw());
                        },
                        row -> {
                            byte[] outcome = row.getBytes(3);
                            State state = form.state(
                                    number,
                                    id,
                                    row.getShort(1),
                                    row.getBoolean(2),
                                    outcome == null ? null : Octets.of(outcome));
                            return form.open(number, tenant, id, octets(row.getBytes(4)), state);
                        });
    }

    private static void dropExpired(Connection connection, int tenant, Indexed name, Octets key) throws SQLException {
        Query.change(connection, DROP_EXPIRED, s -> {
            s.setShort(1, name.slot());
            s.setInt(2, tenant);
            s.setBytes(3, name.bi().raw());
            s.setBytes(4, key.raw());
        });
    }

    private OperationId open(Connection connection, int tenant, Indexed name, Octets key) throws SQLException {
        return Query.all(
                        connection,
                        OPEN_ONE,
                        s -> {
                            s.setShort(1, name.slot());
                            s.setInt(2, tenant);
                            s.setBytes(3, name.bi().raw());
                            s.setBytes(4, key.raw());
                        },
                        row -> new OperationId(Ids.uuid(octets(row.getBytes(1)))))
                .stream()
                .findFirst()
                .orElseThrow(() -> new SQLException("an operation ended a moment ago", "40001"));
    }

    private static void insert(Connection connection, AttemptRow row) throws SQLException {
        int inserted = Query.change(connection, INSERT_ATTEMPT, s -> {
            s.setInt(1, row.tenant());
            s.setInt(2, row.bucketKey());
            s.setShort(3, row.slot());
            s.setShort(4, row.verdict());
            s.setBytes(5, row.subjectId().raw());
            s.setBytes(6, row.attemptId().raw());
            s.setString(7, row.code());
            s.setString(8, row.enrollment());
            s.setBytes(9, row.sealed().raw());
        });
        assert inserted == 1;
    }

    private int number(Name tenant) {
        return roster.number(tenant).orElseThrow(() -> new IllegalStateException("unknown tenant " + tenant));
    }

    private static Octets octets(byte[] bytes) {
        return Octets.of(bytes);
    }
}
