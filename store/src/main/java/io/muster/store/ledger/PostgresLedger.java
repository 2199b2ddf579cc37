package io.muster.store.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Act;
import io.muster.core.ledger.Ledger;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Snapshot.Clock;
import io.muster.store.database.DatabaseClock;
import io.muster.store.lane.BindingRow;
import io.muster.store.lane.Lane;
import io.muster.store.lane.Outcome;
import io.muster.store.lane.Work;
import io.muster.store.ledger.Look.Question;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Sealing;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The ledger on PostgreSQL.
public final class PostgresLedger implements Ledger {

    private final Lane lane;
    private final PostgresRoster roster;
    private final Sealing sealing;
    private final DatabaseClock clock;
    private final Rooms rooms;

    PostgresLedger(Lane lane, PostgresRoster roster, Sealing sealing, DatabaseClock clock, Rooms rooms) {
        this.lane = lane;
        this.roster = roster;
        this.sealing = sealing;
        this.clock = clock;
        this.rooms = rooms;
    }

    @Override
    public Snapshot look(
            Name tenant, RegistrationId name, IdentityKey key, Optional<IdentityKey> requested, Instant now) {
        Question question = new Question(number(tenant), tenant, name, key, requested);
        return rooms.look().at(question, clock(now), now);
    }

    @Override
    public Recorded record(Act act) {
        int tenant = number(act.attempt().tenant());
        return switch (act) {
            case Act.Enrolls enrolls -> enroll(tenant, enrolls);
            case Act.Confirms confirms ->
                recorded(lane.write(rooms.acts().confirms(tenant, confirms)), act, confirms.device());
            case Act.Denies denies -> note(rooms.acts().denies(tenant, denies));
        };
    }

    @Override
    public AttemptId attemptId(Name tenant, RegistrationId name, Instant at) {
        short slot = roster.number(tenant)
                .map(number -> rooms.ids().name(number, name).slot())
                .orElse((short) 0);
        return new AttemptId(Ids.uuid(sealing.newId(slot, at.toEpochMilli())));
    }

    @Override
    public Serial serial(Name tenant, RegistrationId name) {
        short slot = rooms.ids().name(number(tenant), name).slot();
        ByteBuffer octets = ByteBuffer.allocate(Serial.SIZE).put(Serial.MARK).putShort(slot);
        return new Serial(
                Bytes.of(octets.put(sealing.chance(octets.remaining())).array()));
    }

    private Recorded enroll(int tenant, Act.Enrolls act) {
        return recorded(lane.write(rooms.acts().enrolls(tenant, act)), act, act.device());
    }

    private Recorded recorded(Outcome outcome, Act act, Device device) {
        return switch (outcome) {
            case Outcome.Written() -> {
                clock.committed(act.attempt().at());
                yield new Recorded.Committed(stored(device));
            }
            case Outcome.Stale stale -> new Recorded.Conflict(stale.what(), true);
            case Outcome.Moved moved -> new Recorded.Conflict(moved.what(), false);
            case Outcome.Held held -> held(held);
            case Outcome.Spent() -> new Recorded.Spent();
        };
    }

    /// An outward id that another device has stays taken however often one asks; a name or a key that was taken a
    /// moment ago leads to another decision.
    private static Recorded held(Outcome.Held held) {
        boolean alias = held.claim().state() == BindingRow.ALIAS || held.holder() == BindingRow.ALIAS;
        return alias
                ? new Recorded.DeviceIdTaken()
                : new Recorded.Conflict("the name or the key was taken a moment ago", false);
    }

    private Recorded note(Work denial) {
        return switch (lane.write(denial)) {
            case Outcome.Written() -> new Recorded.Noted();
            case Outcome.Stale stale -> new Recorded.Conflict(stale.what(), true);
            case Outcome.Moved moved -> new Recorded.Conflict(moved.what(), false);
            case Outcome.Held ignored -> new Recorded.Conflict("a denial claims nothing", false);
            case Outcome.Spent() -> throw new IllegalStateException("a denial burns nothing");
        };
    }

    /// The device as it will be read: the database keeps milliseconds.
    private static Device stored(Device device) {
        return new Device(
                device.id(),
                device.tenant(),
                device.registrationId(),
                device.deviceId(),
                device.version(),
                device.state(),
                device.origin(),
                device.type(),
                device.identityKeys(),
                device.credentials().stream().map(PostgresLedger::stored).toList(),
                device.assignment(),
                device.payload(),
                device.thing(),
                device.createdAt().truncatedTo(ChronoUnit.MILLIS),
                device.updatedAt().truncatedTo(ChronoUnit.MILLIS));
    }

    private static Credential stored(Credential credential) {
        return new Credential(
                credential.serial(),
                credential.key(),
                credential.provedBy(),
                credential.subject(),
                credential.issuedAt().truncatedTo(ChronoUnit.MILLIS),
                credential.notAfter().truncatedTo(ChronoUnit.MILLIS),
                credential.issuer(),
                credential.shard(),
                credential.state());
    }

    @Override
    public Clock clock(Instant now) {
        Optional<Clock> database = clock.offDatabase(now).map(off -> new Clock.Untrusted(off, "the database's clock"));
        return database.orElseGet(() -> clock.behindNewestCommit(now)
                .<Clock>map((Duration off) -> new Clock.Untrusted(off, "the newest commit"))
                .orElseGet(Clock.Trusted::new));
    }

    private int number(Name tenant) {
        return roster.number(tenant).orElseThrow(() -> new IllegalStateException("unknown tenant " + tenant));
    }
}
