package io.muster.store.ledger;

import io.muster.core.device.Name;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Precedents;
import io.muster.store.database.Query;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Octets;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The tries of one enrollment in the order of their rows: a page is a short walk along the primary key, and all
/// pages together read the table once.
public final class PostgresPrecedents implements Precedents {

    private static final String PAGE = PostgresAttempts.SELECT + """
            , a.slot, a.subject_id FROM attempt a
            LEFT JOIN device_key k ON k.slot = a.slot AND k.device_id = a.device_id
            WHERE (a.slot, a.subject_id, a.attempt_id) > (?, ?, ?)
              AND a.tenant = ? AND a.enrollment = ? AND substring(a.attempt_id FROM 3 FOR 6) >= ?
              AND (a.device_id IS NULL OR k.wrapped IS NOT NULL)
            ORDER BY a.slot, a.subject_id, a.attempt_id LIMIT ?""";

    private static final int NUMBER_BYTES = 16;
    private static final int LONGEST = 64;
    private static final At START = new At(Short.MIN_VALUE, Octets.of(new byte[0]), Octets.of(new byte[0]));

    private final Query query;
    private final PostgresRoster roster;
    private final PostgresAttempts attempts;

    PostgresPrecedents(Query query, PostgresRoster roster, PostgresAttempts attempts) {
        this.query = query;
        this.roster = roster;
        this.attempts = attempts;
    }

    private record At(short slot, Octets subject, Octets number) {

        Place place() {
            byte[] octets = ByteBuffer.allocate(Short.BYTES + number.length() + subject.length())
                    .putShort(slot)
                    .put(number.raw())
                    .put(subject.raw())
                    .array();
            return new Place(Base64.getUrlEncoder().withoutPadding().encodeToString(octets));
        }

        static At of(Place place) {
            if (place.text().length() > LONGEST) {
                throw new PlaceUnknown();
            }
            try {
                ByteBuffer octets = ByteBuffer.wrap(Base64.getUrlDecoder().decode(place.text()));
                if (octets.remaining() <= Short.BYTES + NUMBER_BYTES) {
                    throw new PlaceUnknown();
                }
                short slot = octets.getShort();
                byte[] number = new byte[NUMBER_BYTES];
                octets.get(number);
                byte[] subject = new byte[octets.remaining()];
                octets.get(subject);
                return new At(slot, Octets.of(subject), Octets.of(number));
            } catch (IllegalArgumentException e) {
                throw new PlaceUnknown();
            }
        }
    }

    private record Row(Attempt attempt, At at) {}

    @Override
    public Page of(Name tenant, Name enrollment, Instant since, Optional<Place> after, int limit) {
        At from = after.map(At::of).orElse(START);
        Optional<Integer> number = roster.number(tenant);
        if (number.isEmpty()) {
            return new Page(List.of(), Optional.empty());
        }
        List<Row> found = query.all(
                PAGE,
                statement -> {
                    statement.setShort(1, from.slot());
                    statement.setBytes(2, from.subject().raw());
                    statement.setBytes(3, from.number().raw());
                    statement.setInt(4, number.get());
                    statement.setString(5, roster.gate(tenant, enrollment));
                    statement.setBytes(6, Sweep.time(since).raw());
                    statement.setInt(7, limit);
                },
                row -> new Row(
                        attempts.read(row, number.get(), tenant),
                        new At(row.getShort(8), Octets.of(row.getBytes(9)), Octets.of(row.getBytes(1)))));
        Optional<Place> next = found.size() < limit
                ? Optional.empty()
                : Optional.of(found.getLast().at().place());
        return new Page(found.stream().map(Row::attempt).toList(), next);
    }
}
