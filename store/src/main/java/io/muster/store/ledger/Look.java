package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Snapshot.Clock;
import io.muster.store.database.Bind;
import io.muster.store.database.Query;
import io.muster.store.lane.BindingRow;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of a name and a key, read in one statement.
final class Look {

    private static final String BOUND = "SELECT b.kind, b.state, " + DeviceRows.COLUMNS + """

            FROM unnest(?::smallint[], ?::smallint[], ?::int[], ?::bytea[]) AS u(slot, kind, tenant, bi)
            JOIN binding b ON b.slot = u.slot AND b.tenant = u.tenant AND b.kind = u.kind AND b.bi = u.bi
            LEFT JOIN device d ON d.slot = b.device_slot AND d.device_id = b.device_id
            LEFT JOIN device_key k ON k.slot = d.slot AND k.device_id = d.device_id""";

    private record Sought(Kind kind, Indexed at) {}

    private record Bound(Kind kind, short state, Optional<Device> device) {

        boolean blocked() {
            return state == BindingRow.BLOCKED;
        }
    }

    private final Query query;
    private final DeviceRows rows;
    private final Ids ids;

    Look(Query query, DeviceRows rows, Ids ids) {
        this.query = query;
        this.rows = rows;
        this.ids = ids;
    }

    Snapshot at(int number, Name tenant, RegistrationId name, IdentityKey key, Clock clock, Instant now) {
        List<Sought> sought = new ArrayList<>(2);
        sought.add(new Sought(Kind.NAME, ids.name(number, name)));
        if (Ids.hasBinding(key)) {
            sought.add(new Sought(Kind.KEY, ids.key(number, key)));
        }
        List<Bound> found = find(number, tenant, sought);
        Optional<Bound> byName = of(found, Kind.NAME);
        Optional<Bound> byKey = of(found, Kind.KEY);
        Optional<Device> device =
                byName.filter(it -> it.state() == BindingRow.IDENTITY).flatMap(Bound::device);
        Optional<RegistrationId> keyHolder = Ids.hasBinding(key)
                ? byKey.flatMap(Bound::device).map(Device::registrationId)
                : device.filter(it -> it.identityKeys().contains(key)).map(Device::registrationId);
        return new Snapshot(
                device,
                keyHolder,
                byName.filter(Bound::blocked).isPresent(),
                byKey.filter(Bound::blocked).isPresent(),
                clock,
                now);
    }

    /// The device of a name, be it the registration id or the outward id.
    Optional<Device> named(int number, Name tenant, RegistrationId name) {
        List<Bound> found = find(number, tenant, List.of(new Sought(Kind.NAME, ids.name(number, name))));
        return of(found, Kind.NAME).flatMap(Bound::device);
    }

    private List<Bound> find(int number, Name tenant, List<Sought> sought) {
        return query.all(
                BOUND,
                statement -> Bind.of(statement, sought)
                        .shorts(it -> it.at().slot())
                        .shorts(it -> it.kind().number())
                        .ints(it -> number)
                        .octets(it -> it.at().bi()),
                row -> bound(row, number, tenant));
    }

    private Bound bound(ResultSet row, int number, Name tenant) throws SQLException {
        Optional<Device> device =
                row.getBytes(3) == null ? Optional.empty() : Optional.of(rows.read(row, 3, number, tenant));
        return new Bound(Kind.of(row.getShort(1)), row.getShort(2), device);
    }

    private static Optional<Bound> of(List<Bound> found, Kind kind) {
        return found.stream().filter(it -> it.kind() == kind).findFirst();
    }
}
