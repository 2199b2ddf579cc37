package io.muster.store.ledger;

import io.muster.core.device.Name;
import io.muster.core.door.OperationId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Devices.CursorMalformed;
import io.muster.core.ledger.Logbook;
import io.muster.core.ledger.Operation;
import io.muster.store.database.Query;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Attempts of a tenant in the order of their primary key, window after window; operations by theirs.
public final class PostgresLogbook implements Logbook {

    private static final int ID_BYTES = 16;
    private static final int WINDOW = 2_000;
    private static final int MOST_WINDOWS = 20;

    private static final String ATTEMPTS = PostgresAttempts.SELECT + """
            , a.slot, a.subject_id
            FROM (SELECT * FROM attempt WHERE (slot, subject_id, attempt_id) > (?, ?, ?)
                  ORDER BY slot, subject_id, attempt_id LIMIT ?) a
            LEFT JOIN device_key k ON k.slot = a.slot AND k.device_id = a.device_id
            WHERE a.tenant = ? AND (?::text IS NULL OR a.code = ?) AND (?::smallint IS NULL OR a.verdict = ?)
              AND (?::text IS NULL OR a.enrollment = ?)
              AND (?::bytea IS NULL OR substring(a.attempt_id FROM 3 FOR 6) >= ?)
            ORDER BY a.slot, a.subject_id, a.attempt_id""";

    private static final String WINDOW_END = """
            SELECT slot, subject_id, attempt_id FROM attempt WHERE (slot, subject_id, attempt_id) > (?, ?, ?)
            ORDER BY slot, subject_id, attempt_id OFFSET ? LIMIT 1""";

    /// Where a page of attempts ended.
    private record Mark(short slot, Octets subject, Octets attempt) {

        static final Mark START = new Mark(Short.MIN_VALUE, Octets.of(new byte[0]), Octets.of(new byte[0]));

        String text() {
            byte[] bytes = ByteBuffer.allocate(2 + 2 * ID_BYTES)
                    .putShort(slot)
                    .put(subject.raw())
                    .put(attempt.raw())
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }

        static Mark parse(String text) {
            try {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                if (bytes.length != 2 + 2 * ID_BYTES) {
                    throw new CursorMalformed();
                }
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                short slot = buffer.getShort();
                byte[] subject = new byte[ID_BYTES];
                byte[] attempt = new byte[ID_BYTES];
                buffer.get(subject).get(attempt);
                return new Mark(slot, Octets.of(subject), Octets.of(attempt));
            } catch (IllegalArgumentException e) {
                throw new CursorMalformed();
            }
        }

        int bind(PreparedStatement statement) throws SQLException {
            statement.setShort(1, slot);
            statement.setBytes(2, subject.raw());
            statement.setBytes(3, attempt.raw());
            return 4;
        }
    }

    private record Found(Mark mark, Attempt attempt) {}

    private final Query query;
    private final PostgresRoster roster;
    private final PostgresAttempts attempts;
    private final PostgresOperations operations;

    PostgresLogbook(Query query, PostgresRoster roster, PostgresAttempts attempts, PostgresOperations operations) {
        this.query = query;
        this.roster = roster;
        this.attempts = attempts;
        this.operations = operations;
    }

    @Override
    public Page<Attempt> attempts(Name tenant, Filter filter, Optional<String> cursor, int limit) {
        Mark place = cursor.map(Mark::parse).orElse(Mark.START);
        Optional<Integer> number = roster.number(tenant);
        if (number.isEmpty()) {
            return new Page<>(List.of(), Optional.empty());
        }
        List<Found> found = new ArrayList<>();
        for (int windows = 1; ; windows++) {
            found.addAll(window(tenant, number.get(), filter, place));
            if (found.size() > limit) {
                return page(
                        found.subList(0, limit),
                        Optional.of(found.get(limit - 1).mark()));
            }
            Optional<Mark> end = windowEnd(place);
            if (end.isEmpty() || windows == MOST_WINDOWS) {
                return page(found, end);
            }
            place = end.get();
        }
    }

    private static Page<Attempt> page(List<Found> found, Optional<Mark> next) {
        return new Page<>(found.stream().map(Found::attempt).toList(), next.map(Mark::text));
    }

    /// By which door it came lies under the seal.
    private List<Found> window(Name tenant, int number, Filter filter, Mark from) {
        return query
                .all(
                        ATTEMPTS,
                        s -> {
                            int next = from.bind(s);
                            s.setInt(next, WINDOW);
                            s.setInt(next + 1, number);
                            bind(s, next + 2, tenant, filter);
                        },
                        row -> new Found(
                                new Mark(row.getShort(8), Octets.of(row.getBytes(9)), Octets.of(row.getBytes(1))),
                                attempts.read(row, number, tenant)))
                .stream()
                .filter(it -> filter.door().map(it.attempt().door()::equals).orElse(true))
                .toList();
    }

    private void bind(PreparedStatement statement, int first, Name tenant, Filter filter) throws SQLException {
        bindTwice(statement, first, filter.code().orElse(null), Types.VARCHAR);
        bindTwice(statement, first + 2, filter.result().map(AttemptForm::number).orElse(null), Types.SMALLINT);
        bindTwice(
                statement,
                first + 4,
                filter.enrollment().map(it -> roster.gate(tenant, it)).orElse(null),
                Types.VARCHAR);
        bindTwice(
                statement, first + 6, filter.since().map(PostgresLogbook::time).orElse(null), Types.BINARY);
    }

    /// As it stands in an attempt's number.
    private static byte[] time(Instant since) {
        long millis = Math.max(0, since.toEpochMilli());
        return ByteBuffer.allocate(6)
                .putShort((short) (millis >> 32))
                .putInt((int) millis)
                .array();
    }

    private Optional<Mark> windowEnd(Mark from) {
        return query.one(
                WINDOW_END,
                s -> s.setInt(from.bind(s), WINDOW - 1),
                row -> new Mark(row.getShort(1), Octets.of(row.getBytes(2)), Octets.of(row.getBytes(3))));
    }

    private static void bindTwice(PreparedStatement statement, int position, @Nullable Object value, int type)
            throws SQLException {
        statement.setObject(position, value, type);
        statement.setObject(position + 1, value, type);
    }

    @Override
    public Page<Operation> operations(Name tenant, Optional<Stage> state, Optional<String> cursor, int limit) {
        Position from = Position.parse(cursor, ID_BYTES);
        List<PostgresOperations.Placed> found = roster.number(tenant)
                .map(number -> operations.list(number, tenant, state, from, limit + 1))
                .orElse(List.of());
        List<PostgresOperations.Placed> items = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next =
                found.size() > limit ? Optional.of(items.getLast().at().text()) : Optional.empty();
        return new Page<>(
                items.stream().map(PostgresOperations.Placed::operation).toList(), next);
    }

    @Override
    public Optional<Operation> operation(Name tenant, OperationId id) {
        return roster.number(tenant).flatMap(number -> operations.find(number, tenant, Ids.octets(id.value())));
    }
}
