package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Credential;
import io.muster.core.device.Credential.State;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Certificates;
import io.muster.store.database.DatabaseClock;
import io.muster.store.database.Grouped;
import io.muster.store.database.Query;
import io.muster.store.lane.CredentialRow;
import io.muster.store.lane.Lane;
import io.muster.store.lane.Outcome;
import io.muster.store.lane.RosterChange;
import io.muster.store.ledger.CertificateRows.Stored;
import io.muster.store.ledger.Intervention.Deed;
import io.muster.store.ledger.Intervention.End;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The certificates that were issued.
public final class PostgresCertificates implements Certificates {

    private static final int BI_BYTES = 17;
    private static final int TRIES_AMONG_OTHERS = 3;

    private static final String FIND = "SELECT " + CertificateRows.COLUMNS + """

            FROM unnest(?::smallint[], ?::int[], ?::bytea[]) AS u(slot, tenant, serial_bi)
            JOIN credential c ON c.slot = u.slot AND c.tenant = u.tenant AND c.serial_bi = u.serial_bi
            JOIN device_key k ON k.slot = c.slot AND k.device_id = c.device_id""";

    /// Narrows to devices; wants five parameters.
    private static final String WITHIN = " AND (?::boolean OR EXISTS (SELECT 1 FROM device d"
            + " WHERE d.slot = c.slot AND d.device_id = c.device_id AND " + Narrow.DEVICE + "))";

    private static final String PAGE = "SELECT " + CertificateRows.COLUMNS + """

            FROM credential c JOIN device_key k ON k.slot = c.slot AND k.device_id = c.device_id
            WHERE (c.slot, c.tenant, c.serial_bi) > (?, ?, ?) AND c.tenant = ?
              AND (?::smallint IS NULL OR c.state = ?)""" + WITHIN + """

            ORDER BY c.slot, c.tenant, c.serial_bi LIMIT ?""";

    /// Those of a device lie in its slot.
    private static final String PAGE_OF_DEVICE = "SELECT " + CertificateRows.COLUMNS + """

            FROM credential c JOIN device_key k ON k.slot = c.slot AND k.device_id = c.device_id
            WHERE c.slot = ? AND c.tenant = ? AND c.serial_bi > ? AND c.device_id = ?
              AND (?::smallint IS NULL OR c.state = ?)""" + WITHIN + """

            ORDER BY c.slot, c.tenant, c.serial_bi LIMIT ?""";

    /// What is sought.
    record Sought(int tenant, short slot, Octets serialBi) {}

    private final Query query;
    private final PostgresRoster roster;
    private final Rooms rooms;
    private final Grouped<Sought, Stored> grouped;
    private final Lane lane;
    private final DatabaseClock clock;

    PostgresCertificates(
            Query query,
            PostgresRoster roster,
            Rooms rooms,
            Grouped<Sought, Stored> grouped,
            Lane lane,
            DatabaseClock clock) {
        this.query = query;
        this.roster = roster;
        this.rooms = rooms;
        this.grouped = grouped;
        this.lane = lane;
        this.clock = clock;
    }

    /// The look-up of many callers at once.
    static Grouped.Statement<Sought, Stored> statement() {
        return new Grouped.Statement<>(
                FIND,
                bind -> bind.shorts(Sought::slot).ints(Sought::tenant).octets(Sought::serialBi),
                CertificateRows::read);
    }

    @Override
    public Optional<Kept> find(Name tenant, Serial serial) {
        return roster.number(tenant).flatMap(number -> stored(number, serial)
                .map(found -> rooms.certificateRows().open(found, number, tenant)));
    }

    private Optional<Stored> stored(int tenant, Serial serial) {
        Octets bi = rooms.ids().serial(tenant, serial).bi();
        Optional<Short> slot = serial.created() ? rooms.slotOfCreated(tenant, serial) : Optional.of(serial.slot());
        return slot.flatMap(it -> Optional.ofNullable(
                grouped.find(List.of(new Sought(tenant, it, bi))).get(bi)));
    }

    @Override
    public Page list(Name tenant, Filter filter, Optional<String> cursor, int limit) {
        Position from = Position.parse(cursor, BI_BYTES);
        Optional<Integer> number = roster.number(tenant);
        if (number.isEmpty()) {
            return new Page(List.of(), Optional.empty());
        }
        List<Stored> found = filter.registrationId().isEmpty()
                ? all(number.get(), from, filter, limit)
                : rooms.look()
                        .named(number.get(), tenant, filter.registrationId().get())
                        .map(device -> ofDevice(number.get(), device, from, filter, limit))
                        .orElse(List.of());
        List<Stored> items = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next = found.size() > limit
                ? Optional.of(
                        new Position(items.getLast().slot(), items.getLast().serialBi()).text())
                : Optional.empty();
        return new Page(
                items.stream()
                        .map(it -> rooms.certificateRows().open(it, number.get(), tenant))
                        .toList(),
                next);
    }

    private List<Stored> all(int tenant, Position from, Filter filter, int limit) {
        return query.all(
                PAGE,
                s -> {
                    s.setShort(1, from.slot());
                    s.setInt(2, tenant);
                    s.setBytes(3, from.id().raw());
                    s.setInt(4, tenant);
                    bind(s, 5, filter, tenant);
                    s.setInt(12, limit + 1);
                },
                CertificateRows::read);
    }

    private List<Stored> ofDevice(int tenant, Device device, Position from, Filter filter, int limit) {
        Indexed name = rooms.ids().name(tenant, device.registrationId());
        return query.all(
                PAGE_OF_DEVICE,
                s -> {
                    s.setShort(1, name.slot());
                    s.setInt(2, tenant);
                    s.setBytes(3, from.id().raw());
                    s.setBytes(4, Ids.octets(device.id()).raw());
                    bind(s, 5, filter, tenant);
                    s.setInt(12, limit + 1);
                },
                CertificateRows::read);
    }

    /// State and scope.
    private void bind(PreparedStatement statement, int position, Filter filter, int tenant) throws SQLException {
        Narrow narrow = Narrow.to(filter.scope(), tenant, roster);
        statement.setBoolean(position + 2, narrow.all());
        narrow.bind(statement, position + 3);
        Short number = filter.state().map(CredentialForm::number).orElse(null);
        statement.setObject(position, number, Types.SMALLINT);
        statement.setObject(position + 1, number, Types.SMALLINT);
    }

    /// How it is with a certificate that shall be revoked.
    private sealed interface Case {

        record Settled(Revoked revoked) implements Case {}

        record Open(int tenant, Intervention act) implements Case {}
    }

    /// The device changes with its certificate: whatever was decided on it before is not committed after. Where it
    /// enrolls without a pause, the certificate is at last revoked while all lanes stand still.
    @Override
    public Revoked revoke(Name tenant, Serial serial, Reason reason, Warrant warrant) {
        for (int tries = 1; tries <= TRIES_AMONG_OTHERS; tries++) {
            switch (look(tenant, serial, reason, warrant)) {
                case Case.Settled(Revoked revoked) -> {
                    return revoked;
                }
                case Case.Open(int number, Intervention act) -> {
                    if (written(number, act, warrant)) {
                        return new Revoked.Done(standing(tenant, serial, reason, warrant));
                    }
                }
            }
        }
        RosterChange<Boolean> alone = (connection, journal) -> switch (look(tenant, serial, reason, warrant)) {
            case Case.Settled ignored -> false;
            case Case.Open(int number, Intervention act) -> {
                journal.write(rooms.acts().intervenes(number, act));
                yield true;
            }
        };
        boolean revoked = lane.change(alone, warrant);
        Kept kept = standing(tenant, serial, reason, warrant);
        return revoked ? new Revoked.Done(kept) : new Revoked.Already(kept);
    }

    /// The certificate as it is now, or would be.
    private Kept standing(Name tenant, Serial serial, Reason reason, Warrant warrant) {
        Kept kept = find(tenant, serial).orElseThrow();
        return warrant.dryRun() ? revoked(kept, reason) : kept;
    }

    /// The certificate as it would be now.
    private Kept revoked(Kept kept, Reason reason) {
        return new Kept(
                kept.tenant(),
                kept.registrationId(),
                kept.enrollment(),
                kept.profile(),
                kept.credential().as(State.REVOKED),
                kept.certificate(),
                Optional.of(new Ended(clock.now().truncatedTo(ChronoUnit.MILLIS), reason)));
    }

    private Case look(Name tenant, Serial serial, Reason reason, Warrant warrant) {
        Optional<Integer> number = roster.number(tenant);
        Optional<Stored> found = number.flatMap(it -> stored(it, serial));
        if (found.isEmpty()) {
            return new Case.Settled(new Revoked.Unknown());
        }
        Kept kept = rooms.certificateRows().open(found.get(), number.get(), tenant);
        return found.get().state() == CredentialRow.REVOKED
                ? new Case.Settled(new Revoked.Already(kept))
                : new Case.Open(number.get(), act(number.get(), found.get(), kept, reason, warrant));
    }

    private Intervention act(int tenant, Stored stored, Kept kept, Reason reason, Warrant warrant) {
        Device device = rooms.device(tenant, kept.tenant(), stored.slot(), stored.deviceId());
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        Credential ended = kept.credential().as(State.REVOKED);
        Device next = Intervention.next(device, device.state(), without(device, ended), now);
        String detail = "certificate " + ended.serial() + ", reason " + reason.name();
        return new Intervention(
                new Deed(Kind.CERTIFICATE_REVOKED, detail, warrant, now, rooms.newId(stored.slot(), now)),
                device,
                next,
                new End(List.of(ended), reason),
                rooms.acts().released(tenant, next, ended),
                List.of());
    }

    private boolean written(int tenant, Intervention act, Warrant warrant) {
        return switch (lane.write(rooms.acts().intervenes(tenant, act), warrant)) {
            case Outcome.Written() -> true;
            case Outcome.Moved ignored -> false;
            case Outcome.Stale ignored -> throw alone();
            case Outcome.Held ignored -> throw alone();
            case Outcome.Spent() -> throw alone();
        };
    }

    private static IllegalStateException alone() {
        return new IllegalStateException("a revocation rests on its device alone");
    }

    /// The device's certificates once this one has ended.
    private static List<Credential> without(Device device, Credential ended) {
        return device.credentials().stream()
                .map(it -> it.serial().equals(ended.serial()) ? it.as(State.REVOKED) : it)
                .toList();
    }
}
