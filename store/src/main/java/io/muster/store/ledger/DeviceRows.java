package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.store.ledger.DeviceForm.Open;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Reads devices out of rows.
final class DeviceRows {

    /// The columns that [#read] wants, of `device d` and `device_key k`, in its order.
    static final String COLUMNS = "d.device_id, d.version, d.state, d.type, d.region, d.hub, d.created_at,"
            + " d.updated_at, d.sealed, k.bucket_key, k.wrapped";

    private final Sealing sealing;

    DeviceRows(Sealing sealing) {
        this.sealing = sealing;
    }

    /// @param first number of the first of the columns in the row
    Device read(ResultSet row, int first, int number, Name tenant) throws SQLException {
        Octets id = Octets.of(row.getBytes(first));
        DeviceKey key = sealing.deviceKey(number, id, row.getInt(first + 9), Octets.of(row.getBytes(first + 10)));
        Open open = new Open(
                new DeviceId(Ids.uuid(id)),
                tenant,
                row.getInt(first + 1),
                DeviceForm.state(row.getShort(first + 2)),
                Optional.ofNullable(row.getString(first + 3)),
                new Name(row.getString(first + 4)),
                new Name(row.getString(first + 5)),
                Instant.ofEpochMilli(row.getLong(first + 6)),
                Instant.ofEpochMilli(row.getLong(first + 7)));
        Octets sealed = Octets.of(row.getBytes(first + 8));
        return DeviceForm.read(open, key.seal().open(Address.of(Table.DEVICE, number, id), sealed));
    }
}
