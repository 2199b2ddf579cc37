package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Creation;
import io.muster.core.ledger.Creations;
import io.muster.store.audit.Digests;
import io.muster.store.audit.Kinds;
import io.muster.store.audit.Statement;
import io.muster.store.database.Grouped;
import io.muster.store.database.Query;
import io.muster.store.lane.Adoption;
import io.muster.store.lane.EntryRow;
import io.muster.store.lane.Journal;
import io.muster.store.lane.Lane;
import io.muster.store.ledger.CreationForm.Place;
import io.muster.store.ledger.CreationForm.Stored;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The certificates that claims created.
public final class PostgresCreations implements Creations {

    private static final int MOST_REVOKED = 500;
    private static final int NETWORK_BYTES = 4;

    private static final String FIND = "SELECT " + CreationForm.COLUMNS + """

            FROM unnest(?::smallint[], ?::int[], ?::bytea[]) AS u(slot, tenant, serial_bi)
            JOIN creation c ON c.slot = u.slot AND c.tenant = u.tenant AND c.serial_bi = u.serial_bi""";

    private static final String FORGOTTEN = "SELECT 1 FROM creation WHERE state = 0 AND expires_at < ? LIMIT 1";

    private static final String REVOKE =
            "UPDATE creation c SET state = " + Adoption.REVOKED + """

            FROM (SELECT slot, tenant, serial_bi FROM creation WHERE state = 0 AND expires_at < ?
                  ORDER BY slot, tenant, serial_bi LIMIT ? FOR UPDATE) AS late
            WHERE c.slot = late.slot AND c.tenant = late.tenant AND c.serial_bi = late.serial_bi
            RETURNING c.tenant,\s""" + CreationForm.COLUMNS;

    private static final String NAME_IN_CRL = """
            INSERT INTO revocation (at, not_after, seq, lane, shard, reason, issuer, serial)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (issuer, shard, serial) DO NOTHING""";

    /// What is sought.
    record Sought(int tenant, short slot, Octets serialBi) {}

    private record Late(int tenant, Stored stored) {}

    private final Query query;
    private final PostgresRoster roster;
    private final Rooms rooms;
    private final Sealing sealing;
    private final BlindIndex index;
    private final Lane lane;
    private final CreationForm form;

    PostgresCreations(Query query, PostgresRoster roster, Rooms rooms, Sealing sealing, BlindIndex index, Lane lane) {
        this.query = query;
        this.roster = roster;
        this.rooms = rooms;
        this.sealing = sealing;
        this.index = index;
        this.lane = lane;
        this.form = new CreationForm(sealing);
    }

    /// The look-up of many callers at once.
    static Grouped.Statement<Sought, Stored> statement() {
        return new Grouped.Statement<>(
                FIND,
                bind -> bind.shorts(Sought::slot).ints(Sought::tenant).octets(Sought::serialBi),
                CreationForm::read);
    }

    @Override
    public Serial serial(Name tenant) {
        ByteBuffer octets = ByteBuffer.allocate(Serial.SIZE).put(Serial.CREATED_MARK);
        return new Serial(
                Bytes.of(octets.put(sealing.chance(octets.remaining())).array()));
    }

    @Override
    public Kept keep(Creation creation, Optional<Bytes> network) {
        int tenant = number(creation.tenant());
        Serial serial = creation.credential().serial();
        Octets bi = rooms.ids().serial(tenant, serial).bi();
        return rooms.creationWriter()
                .write(new CreationWriter.Row(
                        serial.slot(),
                        tenant,
                        bi,
                        creation.expiresAt().toEpochMilli(),
                        creation.credential().notAfter().toEpochMilli(),
                        Ids.octets(creation.claim().value()),
                        network.map(it -> hashed(tenant, it)).orElse(Octets.of(new byte[0])),
                        form.seal(tenant, bi, creation)));
    }

    private Octets hashed(int tenant, Bytes network) {
        byte[] id = index.index(tenant, BlindIndex.Kind.NETWORK, network.toArray())
                .id()
                .raw();
        return Octets.of(Arrays.copyOfRange(id, id.length - NETWORK_BYTES, id.length));
    }

    @Override
    public Optional<Creation> find(Name tenant, Serial serial) {
        return roster.number(tenant).flatMap(number -> stored(number, serial)
                .map(found -> form.open(number, tenant, found, state(number, tenant, found))));
    }

    private Optional<Stored> stored(int tenant, Serial serial) {
        Octets bi = rooms.ids().serial(tenant, serial).bi();
        return Optional.ofNullable(rooms.creationsSought()
                .find(List.of(new Sought(tenant, serial.slot(), bi)))
                .get(bi));
    }

    private Creation.State state(int number, Name tenant, Stored stored) {
        Place device = stored.device();
        if (device != null) {
            return new Creation.State.Adopted(
                    rooms.device(number, tenant, device.slot(), device.id()).registrationId());
        }
        return stored.state() == Adoption.REVOKED ? new Creation.State.Revoked() : new Creation.State.Waiting();
    }

    @Override
    public int revokeForgotten(Instant now) {
        boolean any = query.one(FORGOTTEN, s -> s.setLong(1, now.toEpochMilli()), row -> true)
                .isPresent();
        return any ? lane.change((connection, journal) -> revoke(connection, journal, now), Warrant.of("muster")) : 0;
    }

    private int revoke(Connection connection, Journal journal, Instant now) throws SQLException {
        List<Late> late = Query.all(
                connection,
                REVOKE,
                s -> {
                    s.setLong(1, now.toEpochMilli());
                    s.setInt(2, MOST_REVOKED);
                },
                PostgresCreations::late);
        Map<Integer, Integer> counts = new HashMap<>();
        late.forEach(it -> counts.merge(it.tenant(), 1, Integer::sum));
        for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
            append(journal, count.getKey(), count.getValue(), now);
        }
        for (Late one : late) {
            name(connection, journal, one, now);
        }
        return late.size();
    }

    private static Late late(ResultSet row) throws SQLException {
        byte[] device = row.getBytes(7);
        return new Late(
                row.getInt(1),
                new Stored(
                        Octets.of(row.getBytes(2)),
                        row.getShort(3),
                        row.getShort(4),
                        row.getLong(5),
                        device == null ? null : new Place(row.getShort(6), Octets.of(device)),
                        Octets.of(row.getBytes(8))));
    }

    private void append(Journal journal, int tenant, int count, Instant now) throws SQLException {
        String detail = count + " certificates that claims created were not registered within their hour";
        Indexed at = rooms.ids().object(tenant, "creations");
        byte[] body = Statement.of("creations", detail, Digests.born(detail), Warrant.of("muster"))
                .bytes();
        journal.append(
                at.slot(),
                at.id(),
                version -> new EntryRow(
                        at.slot(),
                        at.id(),
                        version,
                        tenant,
                        Kinds.number(Kind.CREATIONS_REVOKED),
                        now.toEpochMilli(),
                        "muster",
                        rooms.newId(at.slot(), now),
                        sealing.ofTenant(tenant).seal(Address.of(Table.ENTRY, tenant, at.id(), version), body)));
    }

    private void name(Connection connection, Journal journal, Late late, Instant now) throws SQLException {
        Name tenant = roster.name(late.tenant()).orElseThrow();
        Credential credential = form.open(late.tenant(), tenant, late.stored(), new Creation.State.Revoked())
                .credential();
        Query.change(connection, NAME_IN_CRL, s -> {
            s.setLong(1, now.toEpochMilli());
            s.setLong(2, credential.notAfter().toEpochMilli());
            s.setLong(3, journal.seq());
            s.setInt(4, journal.lane());
            s.setShort(5, (short) credential.shard());
            s.setShort(6, (short) Reason.CESSATION_OF_OPERATION.number());
            s.setBytes(7, HexFormat.of().parseHex(credential.issuer()));
            s.setBytes(8, credential.serial().octets().toArray());
        });
    }

    private int number(Name tenant) {
        return roster.number(tenant).orElseThrow(() -> new IllegalStateException("unknown tenant " + tenant));
    }
}
