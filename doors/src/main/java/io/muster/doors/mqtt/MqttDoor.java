package io.muster.doors.mqtt;

import java.util.Optional;

/// A protocol that is spoken over MQTT. Doors are asked in the order in which the house lists them; the first that
/// knows the caller answers.
public interface MqttDoor {

    /// Judges a CONNECT, on a virtual thread: it may block. Empty, without any side effect, when it is none of this
    /// door's callers. A fault that is thrown ends the connection as [MqttRefusal#UNAVAILABLE].
    Optional<Welcome> connect(MqttConnect connect);
}
