package io.muster.store.ledger;

import io.muster.store.database.Query;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;

/// The keys of known devices: at hand, or read.
final class DeviceKeys {

    private static final String READ = "SELECT bucket_key, wrapped FROM device_key WHERE slot = ? AND device_id = ?";

    private final Query query;
    private final Sealing sealing;

    DeviceKeys(Query query, Sealing sealing) {
        this.query = query;
        this.sealing = sealing;
    }

    DeviceKey of(int tenant, short slot, Octets deviceId) {
        return sealing.atHand(deviceId).orElseGet(() -> read(tenant, slot, deviceId));
    }

    private DeviceKey read(int tenant, short slot, Octets deviceId) {
        return query.one(
                        READ,
                        statement -> {
                            statement.setShort(1, slot);
                            statement.setBytes(2, deviceId.raw());
                        },
                        row -> sealing.deviceKey(tenant, deviceId, row.getInt(1), Octets.of(row.getBytes(2))))
                .orElseThrow(() -> new IllegalStateException("a device has no key: it was erased"));
    }
}
