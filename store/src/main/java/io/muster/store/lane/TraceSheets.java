package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.SQLException;
import java.util.List;

/// Entries, attempts and ended operations, as one batch writes them.
final class TraceSheets {

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

    private final Sheet<Placed> entries = new Sheet<>(Placed.INSERT, Placed::bind);
    private final Sheet<AttemptRow> attempts = new Sheet<>(ATTEMPTS, TraceSheets::bindAttempts);
    private final Sheet<OperationEnd> operations = new Sheet<>(OPERATIONS, TraceSheets::bindOperations);

    /// Returns the head after the candidate's entry.
    Head collect(Candidate candidate, int lane, Head head) {
        Work work = candidate.work();
        if (work.attempt() != null) {
            attempts.add(work.attempt());
        }
        work.operations().forEach(operations::add);
        return work.entry() == null ? head : place(work.entry(), candidate.last(), lane, head);
    }

    private Head place(EntryRow entry, Candidate.Last before, int lane, Head head) {
        Octets leaf = entry.leafHash();
        Head next = head.next(before.lane(), before.seq(), leaf);
        entries.add(new Placed(entry, leaf, before, lane, next.seq()));
        return next;
    }

    List<Sheet<?>> sheets() {
        return List.of(entries, attempts, operations);
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
