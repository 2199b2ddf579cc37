package io.muster.fleet.dps;

/// The ways in which a registration ends.
public sealed interface Ending {

    /// Assigned, and the server has not seen this device before.
    record Enrolled(String deviceId, String assignedHub) implements Ending {}

    /// Assigned, and the server said that it knew this device.
    record Reenrolled(String deviceId, String assignedHub) implements Ending {}

    /// The server answered, and said no.
    ///
    /// @param status  HTTP status, over MQTT too; the return code where a broker refused connection or subscription
    /// @param code    the server's error code, or empty
    /// @param message the server's words, cut to a bounded length
    record Refused(int status, String code, String message) implements Ending {}

    /// No valid answer arrived: no connection, no answer in time, or an answer that is not a proper DPS answer for
    /// this device.
    record Lost(String reason) implements Ending {}
}
