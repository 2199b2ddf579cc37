package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Contest;
import io.muster.core.ledger.Contest.Place;
import io.muster.core.ledger.Contests;
import io.muster.store.audit.Kinds;
import io.muster.store.database.DatabaseClock;
import io.muster.store.database.Grouped;
import io.muster.store.database.Query;
import io.muster.store.lane.Lane;
import io.muster.store.lane.Outcome;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Seal;
import io.muster.store.sealing.Sealing;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The events that an identity key is in two places. Where a device was, its accepted tries tell; that one event is
/// enough, its entries. The version of the device lets one of many at once write it.
public final class PostgresContests implements Contests {

    private static final String LAST = """
            SELECT u.subject_id, a.attempt_id, a.device_id, a.sealed, k.bucket_key, k.wrapped
            FROM unnest(?::smallint[], ?::bytea[], ?::bytea[]) AS u(slot, subject_id, since)
            CROSS JOIN LATERAL (
              SELECT slot, attempt_id, device_id, sealed FROM attempt
              WHERE slot = u.slot AND subject_id = u.subject_id AND attempt_id >= u.since AND verdict = 1
              ORDER BY attempt_id DESC LIMIT 1) AS a
            JOIN device_key k ON k.slot = a.slot AND k.device_id = a.device_id""";

    private static final String RAISED =
            "SELECT 1 FROM entry WHERE slot = ? AND subject_id = ? AND kind = ? AND at >= ? LIMIT 1";

    /// Whose tries are sought.
    record Sought(Indexed name, Octets since) {}

    /// A try as it is stored, and its device's key.
    record Stored(Octets attemptId, Octets deviceId, Octets sealed, int bucketKey, Octets wrapped) {}

    private final Query query;
    private final PostgresRoster roster;
    private final Sealing sealing;
    private final Rooms rooms;
    private final Lane lane;
    private final DatabaseClock clock;

    PostgresContests(Query query, PostgresRoster roster, Sealing sealing, Rooms rooms, Lane lane, DatabaseClock clock) {
        this.query = query;
        this.roster = roster;
        this.sealing = sealing;
        this.rooms = rooms;
        this.lane = lane;
        this.clock = clock;
    }

    static Grouped.Statement<Sought, Stored> statement() {
        return new Grouped.Statement<>(
                LAST,
                bind -> bind.shorts(it -> it.name().slot())
                        .octets(it -> it.name().id())
                        .octets(Sought::since),
                row -> new Stored(
                        Octets.of(row.getBytes(2)),
                        Octets.of(row.getBytes(3)),
                        Octets.of(row.getBytes(4)),
                        row.getInt(5),
                        Octets.of(row.getBytes(6))));
    }

    @Override
    public Optional<Place> lastPlace(Device device, Instant since) {
        int tenant = number(device.tenant());
        Indexed name = rooms.ids().name(tenant, device.registrationId());
        Stored found = rooms.placesSought()
                .find(List.of(new Sought(name, firstOf(name.slot(), since))))
                .get(name.id());
        return Optional.ofNullable(found)
                .map(stored -> open(tenant, device.tenant(), stored))
                .filter(attempt -> !attempt.at().isBefore(since))
                .map(attempt -> new Place(attempt.registrationId(), attempt.source(), attempt.door(), attempt.at()));
    }

    @Override
    public Raised raise(Contest contest, Instant since) {
        int tenant = number(contest.device().tenant());
        Indexed name = rooms.ids().name(tenant, contest.device().registrationId());
        if (isRaised(name.slot(), Ids.octets(contest.device().id()), since)) {
            return new Raised.Already();
        }
        return switch (lane.write(rooms.acts().contests(tenant, contest))) {
            case Outcome.Written() -> {
                clock.committed(contest.at());
                yield new Raised.Written(contest.device().next());
            }
            case Outcome.Moved moved -> new Raised.Moved(moved.what());
            case Outcome.Stale ignored -> throw alone();
            case Outcome.Held ignored -> throw alone();
            case Outcome.Spent() -> throw alone();
        };
    }

    private static IllegalStateException alone() {
        return new IllegalStateException("an event rests on its device alone");
    }

    private boolean isRaised(short slot, Octets device, Instant since) {
        return query.one(
                        RAISED,
                        s -> {
                            s.setShort(1, slot);
                            s.setBytes(2, device.raw());
                            s.setShort(3, Kinds.number(Kind.IDENTITY_KEY_CONTESTED));
                            s.setLong(4, since.toEpochMilli());
                        },
                        row -> true)
                .orElse(false);
    }

    private Attempt open(int number, Name tenant, Stored stored) {
        Seal seal = sealing.deviceKey(number, stored.deviceId(), stored.bucketKey(), stored.wrapped())
                .seal();
        byte[] plain = seal.open(Address.of(Table.ATTEMPT, number, stored.attemptId()), stored.sealed());
        AttemptId id = new AttemptId(Ids.uuid(stored.attemptId()));
        return rooms.attemptForm().read(id, tenant, AttemptForm.number(Attempt.Result.ACCEPTED), plain);
    }

    /// The lowest number that a try of that time can have: slot, time, and the least of chances.
    private static Octets firstOf(short slot, Instant since) {
        long millis = Math.max(0, since.toEpochMilli());
        return Octets.of(ByteBuffer.allocate(16)
                .putShort(slot)
                .putShort((short) (millis >> 32))
                .putInt((int) millis)
                .array());
    }

    private int number(Name tenant) {
        return roster.number(tenant).orElseThrow(() -> new IllegalStateException("unknown tenant " + tenant));
    }
}
