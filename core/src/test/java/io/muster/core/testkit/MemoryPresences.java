package io.muster.core.testkit;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Presence;
import io.muster.core.ledger.Presences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Presences of one node, in memory, with how they were kept.
public final class MemoryPresences implements Presences {

    private final List<List<Noted>> batches = new ArrayList<>();
    private final Map<DeviceId, Presence> kept = new HashMap<>();
    private boolean away;

    /// The database is away from now on, or there again.
    public void away(boolean next) {
        away = next;
    }

    /// What was kept in each transaction.
    public List<List<Noted>> batches() {
        return batches;
    }

    @Override
    public void keep(List<Noted> noted) {
        if (away) {
            throw new LedgerUnavailable("It is away.", new IllegalStateException("away"));
        }
        batches.add(List.copyOf(noted));
        noted.forEach(it -> kept.put(it.id(), it.presence()));
    }

    @Override
    public Optional<Presence> of(Device device) {
        return Optional.ofNullable(kept.get(device.id()));
    }
}
