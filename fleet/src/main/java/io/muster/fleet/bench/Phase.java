package io.muster.fleet.bench;

import io.muster.fleet.run.FleetSummary;

/// One measured run.
///
/// @param deed            what the devices did
/// @param arrivals        how the devices came, in words
/// @param summary         how they fared
/// @param cost            CPU per registration
/// @param resident        resident memory of the JVM at its end, bytes
/// @param residentAtMost  the most that it ever was, bytes
/// @param bytesPerDevice  growth of the database per new device, or per renewed certificate; 0 where there was none
record Phase(
        Deed deed,
        String arrivals,
        FleetSummary summary,
        Cost cost,
        long resident,
        long residentAtMost,
        double bytesPerDevice) {}
