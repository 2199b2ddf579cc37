package io.muster.doors.mqtt;

/// What a door says to a CONNECT.
public sealed interface Welcome {

    /// The caller may stay. Its guest hears [MqttGuest#left] in every case, even when the connection was lost before
    /// the CONNACK went out.
    record Accepted(Owner owner, MqttGuest guest) implements Welcome {}

    /// The caller is told so, then the connection ends.
    record Refused(MqttRefusal refusal) implements Welcome {}
}
