package io.muster.desk.testkit;

import io.muster.core.device.Device;
import io.muster.core.door.Parting;
import io.muster.core.ledger.Presence;
import io.muster.core.ledger.Presences;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whoever was connected was lost with its node.
final class MemoryPresences implements Presences {

    @Override
    public void keep(List<Noted> noted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Presence> of(Device device) {
        return Optional.of(new Presence(
                "hub-mqtt",
                Optional.of("192.0.2.0/24"),
                Instant.parse("2026-11-23T10:00:00Z"),
                Instant.parse("2026-11-23T10:00:00Z"),
                Optional.of(Parting.NODE_LOST)));
    }
}
