package io.muster.desk.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.ledger.Reconcilable;
import io.muster.core.ledger.SinkUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Another system that holds devices by their outward ids, and nothing else of them.
public final class MemoryHolder implements Reconcilable {

    private final Set<String> held = new TreeSet<>();
    private boolean away;

    public synchronized Set<String> held() {
        return held;
    }

    public synchronized void goesAway() {
        away = true;
    }

    @Override
    public synchronized Page held(Name tenant, int offset) {
        if (away) {
            throw new SinkUnavailable("The other system is away.", Duration.ZERO);
        }
        List<Held> rest = held.stream()
                .skip(offset)
                .map(id -> new Held(id, new Json("{}")))
                .toList();
        return new Page(rest, rest.size());
    }

    @Override
    public synchronized boolean holds(Name tenant, String deviceId) {
        return held.contains(deviceId);
    }

    @Override
    public List<String> differences(Held it, Device device) {
        return List.of();
    }

    @Override
    public synchronized boolean put(Device device, Optional<Bytes> certificate) {
        return held.add(device.deviceId());
    }

    @Override
    public synchronized void remove(Name tenant, Held it) {
        held.remove(it.deviceId());
    }
}
