package io.muster.fleet.run;

import java.util.Map;

/// What became of a fleet. `devices` = enrolled + reenrolled + refused + lost.
///
/// @param devices    registrations, requests for a certificate, or provisionings that were tried
/// @param enrolled   assigned, new to the server; or given a first certificate; or made a thing by claim, new or
///                   not, which the answer does not tell
/// @param reenrolled assigned, known to the server before; or given a new certificate by the one in use
/// @param refused    answered with a refusal
/// @param lost       no valid answer
/// @param duplicates answers that gave one device id, thing name or serial number to two devices, or two device ids or
///                   thing names to one device; must be 0
/// @param seconds    from the first arrival to the last answer
/// @param perSecond  enrolled and reenrolled per second
/// @param p50Millis  latency of enrolled and reenrolled, median
/// @param p90Millis  90th percentile
/// @param p99Millis  99th percentile
/// @param p999Millis 99.9th percentile
/// @param maxMillis  the slowest
/// @param hubs       devices by assigned hub; a certificate names none, a thing neither
/// @param reasons    refusals and losses by their reason
public record FleetSummary(
        long devices,
        long enrolled,
        long reenrolled,
        long refused,
        long lost,
        long duplicates,
        double seconds,
        double perSecond,
        double p50Millis,
        double p90Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        Map<String, Long> hubs,
        Map<String, Long> reasons) {

    public FleetSummary {
        hubs = Map.copyOf(hubs);
        reasons = Map.copyOf(reasons);
    }
}
