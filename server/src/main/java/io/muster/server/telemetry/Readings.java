package io.muster.server.telemetry;

import io.muster.core.ledger.Sinks;
import io.muster.store.Vitals;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Where the numbers come from that are read when somebody asks.
///
/// @param connections of each listener, by its name
/// @param devices that are connected to this node, by the protocol of their newest connection
/// @param failedLogins at the desk since the start
/// @param sinks how they stand, in the whole installation
public record Readings(
        String version,
        Vitals vitals,
        Map<String, IntSupplier> connections,
        Supplier<Map<String, Integer>> devices,
        LongSupplier failedLogins,
        Sinks sinks,
        InstantSource clock) {

    public Readings {
        connections = Map.copyOf(connections);
    }
}
