package io.muster.fleet.bench;

import io.muster.fleet.run.TelemetryRun;

/// What messages cost.
///
/// @param connections that were asked for
/// @param open        that came in
/// @param arrivals    how fast the devices spoke, in words
/// @param sink        where the messages went, in words
/// @param cost        per message
/// @param resident    memory of the JVM in the end, in bytes
record TelemetryReport(
        Machine machine,
        int connections,
        int open,
        String arrivals,
        String sink,
        TelemetryRun.Stretch stretch,
        Cost cost,
        long resident) {

    boolean isClean() {
        return open == connections && stretch.faults().isEmpty();
    }
}
