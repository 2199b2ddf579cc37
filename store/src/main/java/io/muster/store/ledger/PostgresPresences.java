package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.door.Parting;
import io.muster.core.ledger.Presence;
import io.muster.core.ledger.Presences;
import io.muster.store.database.Bind;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Presences on PostgreSQL. Each start of a node has a number of its own, under which it signs that it is alive.
public final class PostgresPresences implements Presences {

    /// Whoever did not sign for so long is dead. Longer than a node may be without its database and come back.
    private static final long DEAD_AFTER_MILLIS = 60_000;

    private static final long FORGOTTEN_AFTER_MILLIS = 7L * 24 * 60 * 60 * 1000;
    private static final int NODE_BYTES = 16;

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String SIGN = "INSERT INTO node (node, seen_at) VALUES (?, " + NOW + ")"
            + " ON CONFLICT (node) DO UPDATE SET seen_at = excluded.seen_at";

    private static final String FORGET = "DELETE FROM node WHERE seen_at < " + NOW + " - " + FORGOTTEN_AFTER_MILLIS;

    /// A device that comes is here, wherever it was.
    private static final String COME = """
            INSERT INTO presence (slot, device_id, node, sealed)
            SELECT u.slot, u.device_id, ?, u.sealed
            FROM unnest(?::smallint[], ?::bytea[], ?::bytea[]) AS u(slot, device_id, sealed)
            ORDER BY u.slot, u.device_id
            ON CONFLICT (slot, device_id) DO UPDATE SET node = excluded.node, sealed = excluded.sealed""";

    /// What else becomes of it counts while it did not go elsewhere.
    private static final String STAY = """
            UPDATE presence p SET sealed = u.sealed
            FROM unnest(?::smallint[], ?::bytea[], ?::bytea[]) AS u(slot, device_id, sealed)
            WHERE p.slot = u.slot AND p.device_id = u.device_id AND p.node = ?""";

    /// Rows are locked in the order of their keys: nodes that write at the same time wait, and never for each other.
    private static final String LOCK = """
            SELECT 1 FROM presence p
            JOIN unnest(?::smallint[], ?::bytea[]) AS u(slot, device_id) ON p.slot = u.slot AND p.device_id = u.device_id
            ORDER BY p.slot, p.device_id FOR UPDATE OF p""";

    private static final String KEYS = """
            SELECT k.device_id, k.bucket_key, k.wrapped
            FROM unnest(?::smallint[], ?::bytea[]) AS u(slot, device_id)
            JOIN device_key k ON k.slot = u.slot AND k.device_id = u.device_id""";

    private static final String OF = """
            SELECT p.sealed, n.seen_at, coalesce(%s - n.seen_at > %d, true)
            FROM presence p LEFT JOIN node n ON n.node = p.node
            WHERE p.slot = ? AND p.device_id = ?""".formatted(NOW, DEAD_AFTER_MILLIS);

    private record Row(Noted noted, int tenant, short slot, Octets id) {}

    private record Written(Row row, Octets sealed) {
        boolean arrival() {
            return row.noted().arrival();
        }
    }

    private record Stored(Octets sealed, long nodeSeen, boolean nodeDead) {}

    private final Database database;
    private final Query query;
    private final PostgresRoster roster;
    private final Sealing sealing;
    private final Ids ids;
    private final DeviceKeys keys;
    private final Octets node;

    PostgresPresences(Database database, PostgresRoster roster, Sealing sealing, Ids ids, DeviceKeys keys) {
        this.database = database;
        this.query = new Query(database);
        this.roster = roster;
        this.sealing = sealing;
        this.ids = ids;
        this.keys = keys;
        this.node = Octets.of(sealing.chance(NODE_BYTES));
    }

    @Override
    public void keep(List<Noted> noted) {
        List<Row> rows = noted.stream()
                .flatMap(it -> roster.number(it.tenant()).stream().map(tenant -> row(it, tenant)))
                .sorted(Comparator.comparingInt(Row::slot).thenComparing(Row::id))
                .toList();
        List<Written> written = sealed(rows);
        database.transact(connection -> write(connection, written));
    }

    private Row row(Noted noted, int tenant) {
        return new Row(noted, tenant, ids.name(tenant, noted.registrationId()).slot(), Ids.octets(noted.id()));
    }

    private int write(Connection connection, List<Written> written) throws SQLException {
        List<Written> coming = written.stream().filter(Written::arrival).toList();
        List<Written> staying = written.stream().filter(it -> !it.arrival()).toList();
        Query.change(connection, SIGN, s -> s.setBytes(1, node.raw()));
        Query.change(connection, FORGET, s -> {});
        if (!written.isEmpty()) {
            Query.all(
                    connection,
                    LOCK,
                    s -> Bind.of(s, written).shorts(it -> it.row().slot()).octets(it -> it.row()
                            .id()),
                    row -> row.getInt(1));
        }
        if (!coming.isEmpty()) {
            Query.change(connection, COME, s -> {
                s.setBytes(1, node.raw());
                Bind.after(s, 1, coming)
                        .shorts(it -> it.row().slot())
                        .octets(it -> it.row().id())
                        .octets(Written::sealed);
            });
        }
        if (!staying.isEmpty()) {
            Query.change(connection, STAY, s -> Bind.of(s, staying)
                    .shorts(it -> it.row().slot())
                    .octets(it -> it.row().id())
                    .octets(Written::sealed)
                    .octets(node));
        }
        return written.size();
    }

    /// Without those that have no key any more: they were erased.
    private List<Written> sealed(List<Row> rows) {
        Map<Octets, DeviceKey> known = keys(rows);
        List<Written> written = new ArrayList<>(rows.size());
        for (Row row : rows) {
            DeviceKey key = known.get(row.id());
            if (key != null) {
                Address address = Address.of(Table.PRESENCE, row.tenant(), row.id());
                byte[] plain = PresenceForm.write(row.noted().presence());
                written.add(new Written(row, key.seal().seal(address, plain)));
            }
        }
        return written;
    }

    private Map<Octets, DeviceKey> keys(List<Row> rows) {
        Map<Octets, DeviceKey> found = new HashMap<>();
        Map<Octets, Integer> unknown = new HashMap<>();
        for (Row row : rows) {
            sealing.atHand(row.id())
                    .ifPresentOrElse(key -> found.put(row.id(), key), () -> unknown.put(row.id(), row.tenant()));
        }
        List<Row> asked =
                rows.stream().filter(it -> unknown.containsKey(it.id())).toList();
        if (!asked.isEmpty()) {
            query.all(KEYS, s -> Bind.of(s, asked).shorts(Row::slot).octets(Row::id), row -> {
                        Octets id = Octets.of(row.getBytes(1));
                        return Map.entry(
                                id,
                                sealing.deviceKey(
                                        unknown.getOrDefault(id, 0), id, row.getInt(2), Octets.of(row.getBytes(3))));
                    })
                    .forEach(it -> found.put(it.getKey(), it.getValue()));
        }
        return found;
    }

    @Override
    public Optional<Presence> of(Device device) {
        return roster.number(device.tenant()).flatMap(tenant -> {
            short slot = ids.name(tenant, device.registrationId()).slot();
            Octets id = Ids.octets(device.id());
            return query.one(
                            OF,
                            s -> {
                                s.setShort(1, slot);
                                s.setBytes(2, id.raw());
                            },
                            row -> new Stored(Octets.of(row.getBytes(1)), row.getLong(2), row.getBoolean(3)))
                    .map(stored -> open(stored, tenant, slot, id));
        });
    }

    private Presence open(Stored stored, int tenant, short slot, Octets id) {
        byte[] plain = keys.of(tenant, slot, id).seal().open(Address.of(Table.PRESENCE, tenant, id), stored.sealed());
        Presence presence = PresenceForm.read(plain);
        return presence.connected() && stored.nodeDead() ? lost(presence, stored) : presence;
    }

    /// The node's last sign is the last that anybody knows of its devices.
    private static Presence lost(Presence presence, Stored stored) {
        Instant signed = Instant.ofEpochMilli(stored.nodeSeen());
        Instant last = signed.isAfter(presence.lastSeen()) ? signed : presence.lastSeen();
        return new Presence(presence.door(), presence.network(), last, last, Optional.of(Parting.NODE_LOST));
    }
}
