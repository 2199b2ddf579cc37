package io.muster.store.sealing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The device keys last used, unwrapped; found by their wrapped form, so a key that was re-wrapped is simply another.
final class OpenKeys {

    private static final int KEPT = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Octets, DeviceKey> keys = new LinkedHashMap<>(KEPT, 0.75f, true);

    DeviceKey get(Octets wrapped, Supplier<DeviceKey> unwrap) {
        DeviceKey known = find(wrapped);
        if (known != null) {
            return known;
        }
        DeviceKey fresh = unwrap.get();
        keep(wrapped, fresh);
        return fresh;
    }

    private @Nullable DeviceKey find(Octets wrapped) {
        lock.lock();
        try {
            return keys.get(wrapped);
        } finally {
            lock.unlock();
        }
    }

    private void keep(Octets wrapped, DeviceKey key) {
        lock.lock();
        try {
            keys.put(wrapped, key);
            if (keys.size() > KEPT) {
                Map.Entry<Octets, DeviceKey> eldest = keys.pollFirstEntry();
                assert eldest != null;
            }
        } finally {
            lock.unlock();
        }
    }
}
