package io.muster.store.sealing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The device keys last used, unwrapped, by device.
final class OpenKeys {

    private static final int KEPT = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Octets, DeviceKey> keys = new LinkedHashMap<>(64, 0.75f, true);

    Optional<DeviceKey> find(Octets deviceId) {
        lock.lock();
        try {
            @Nullable DeviceKey key = keys.get(deviceId);
            return Optional.ofNullable(key);
        } finally {
            lock.unlock();
        }
    }

    void keep(Octets deviceId, DeviceKey key) {
        lock.lock();
        try {
            keys.put(deviceId, key);
            if (keys.size() > KEPT) {
                Map.Entry<Octets, DeviceKey> eldest = keys.pollFirstEntry();
                assert eldest != null;
            }
        } finally {
            lock.unlock();
        }
    }
}
