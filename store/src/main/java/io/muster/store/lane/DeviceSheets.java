package io.muster.store.lane;

import io.muster.store.database.Bind;
import java.sql.SQLException;
import java.util.List;

/// Devices, their keys and their bindings, as one batch writes them.
final class DeviceSheets {

    private static final String BORN = """
            INSERT INTO device (created_at, updated_at, last_seq, last_lane, tenant, version, slot, state, device_id,
                                enrollment, type, region, hub, sealed)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::smallint[],
                                 ?::smallint[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])""";

    private static final String KEYS = """
            INSERT INTO device_key (bucket_key, slot, device_id, wrapped)
            SELECT * FROM unnest(?::int[], ?::smallint[], ?::bytea[], ?::bytea[])""";

    private static final String CHANGED = """
            UPDATE device d
            SET updated_at = u.updated_at, last_seq = u.last_seq, last_lane = u.last_lane, version = u.version,
                state = u.state, enrollment = u.enrollment, type = u.type, region = u.region, hub = u.hub,
                sealed = u.sealed
            FROM unnest(?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::smallint[], ?::text[], ?::text[], ?::text[],
                        ?::text[], ?::bytea[], ?::smallint[], ?::bytea[])
              AS u(updated_at, last_seq, last_lane, version, state, enrollment, type, region, hub, sealed,
                   slot, device_id)
            WHERE d.slot = u.slot AND d.device_id = u.device_id""";

    private static final String BINDINGS = """
            UPDATE binding b
            SET state = u.state
            FROM unnest(?::smallint[], ?::smallint[], ?::int[], ?::bytea[], ?::smallint[])
              AS u(slot, kind, tenant, bi, state)
            WHERE b.slot = u.slot AND b.tenant = u.tenant AND b.kind = u.kind AND b.bi = u.bi""";

    /// A device with the place of its entry.
    private record Device(DeviceRow row, int lane, long seq) {}

    private final Sheet<Device> born = new Sheet<>(BORN, DeviceSheets::bindBorn);
    private final Sheet<KeyRow> keys = new Sheet<>(KEYS, DeviceSheets::bindKeys);
    private final Sheet<Device> changed = new Sheet<>(CHANGED, DeviceSheets::bindChanged);
    private final Sheet<BindingRow> bindings = new Sheet<>(BINDINGS, DeviceSheets::bindBindings);

    void collect(Candidate candidate, int lane, long seq) {
        Work work = candidate.work();
        if (work.device() != null) {
            (work.known() == null ? born : changed).add(new Device(work.device(), lane, seq));
        }
        if (work.key() != null) {
            keys.add(work.key());
        }
        candidate.changedBindings().forEach(bindings::add);
    }

    List<Sheet<?>> sheets() {
        bindings.rows().sort(BindingRow.KEY_ORDER);
        return List.of(born, keys, changed, bindings);
    }

    private static Bind<Device> bindBorn(Bind<Device> bind) throws SQLException {
        return bind.longs(d -> d.row().createdAt())
                .longs(d -> d.row().updatedAt())
                .longs(Device::seq)
                .ints(Device::lane)
                .ints(d -> d.row().tenant())
                .ints(d -> d.row().version())
                .shorts(d -> d.row().slot())
                .shorts(d -> d.row().state())
                .octets(d -> d.row().deviceId())
                .texts(d -> d.row().enrollment())
                .texts(d -> d.row().type())
                .texts(d -> d.row().region())
                .texts(d -> d.row().hub())
                .octets(d -> d.row().sealed());
    }

    private static Bind<KeyRow> bindKeys(Bind<KeyRow> bind) throws SQLException {
        return bind.ints(KeyRow::bucketKey)
                .shorts(KeyRow::slot)
                .octets(KeyRow::deviceId)
                .octets(KeyRow::wrapped);
    }

    private static Bind<Device> bindChanged(Bind<Device> bind) throws SQLException {
        return bind.longs(d -> d.row().updatedAt())
                .longs(Device::seq)
                .ints(Device::lane)
                .ints(d -> d.row().version())
                .shorts(d -> d.row().state())
                .texts(d -> d.row().enrollment())
                .texts(d -> d.row().type())
                .texts(d -> d.row().region())
                .texts(d -> d.row().hub())
                .octets(d -> d.row().sealed())
                .shorts(d -> d.row().slot())
                .octets(d -> d.row().deviceId());
    }

    private static Bind<BindingRow> bindBindings(Bind<BindingRow> bind) throws SQLException {
        return bind.shorts(BindingRow::slot)
                .shorts(BindingRow::kind)
                .ints(BindingRow::tenant)
                .octets(BindingRow::bi)
                .shorts(BindingRow::state);
    }
}
