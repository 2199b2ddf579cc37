package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.store.ledger.Bound.Stored;
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

/// Reads devices out of rows, and opens them.
final class DeviceRows {

    /// The columns that [#read] wants, of `device d` and `device_key k`, in its order.
    static final String COLUMNS = "d.device_id, d.version, d.state, d.type, d.region, d.hub, d.created_at,"
            + " d.updated_at, d.sealed, k.bucket_key, k.wrapped";

    private final Sealing sealing;

    DeviceRows(Sealing sealing) {
        this.sealing = sealing;
    }

    /// @param first number of the first of the columns in the row
    static Stored read(ResultSet row, int first) throws SQLException {
        return new Stored(
                Octets.of(row.getBytes(first)),
                row.getInt(first + 1),
                row.getShort(first + 2),
                row.getString(first + 3),
                row.getString(first + 4),
                row.getString(first + 5),
                row.getLong(first + 6),
                row.getLong(first + 7),
                Octets.of(row.getBytes(first + 8)),
                row.getInt(first + 9),
                Octets.of(row.getBytes(first + 10)));
    }

    Device open(Stored stored, int number, Name tenant) {
        DeviceKey key = sealing.deviceKey(number, stored.id(), stored.bucketKey(), stored.wrapped());
        Open open = new Open(
                new DeviceId(Ids.uuid(stored.id())),
                tenant,
                stored.version(),
                DeviceForm.state(stored.state()),
                Optional.ofNullable(stored.type()),
                new Name(stored.region()),
                new Name(stored.hub()),
                Instant.ofEpochMilli(stored.createdAt()),
                Instant.ofEpochMilli(stored.updatedAt()));
        Address address = Address.of(Table.DEVICE, number, stored.id());
        return DeviceForm.read(open, key.seal().open(address, stored.sealed()));
    }
}
