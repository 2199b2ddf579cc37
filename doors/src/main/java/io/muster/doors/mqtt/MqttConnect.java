package io.muster.doors.mqtt;

import io.muster.core.device.Secret;
import io.muster.doors.listener.TlsPeer;
import java.util.Optional;

/// A CONNECT as it came through the wall: bounded and well-formed, nothing in it believed.
///
/// @param level            4 is MQTT 3.1.1, 5 is MQTT 5
/// @param channel          what carries it
/// @param clientId         1 to 128 bytes of UTF-8
/// @param userName         at most 1,024 bytes of UTF-8; some SDKs put telemetry of their own there
/// @param password         at most 4,096 bytes
/// @param will             what to publish for the device when its connection is lost; QoS 0 or 1
/// @param cleanStart       as sent: nothing is ever kept of a session, whatever it says
/// @param keepAliveSeconds as it counts here, 30 to 1,200
/// @param peer             who is at the other end, as far as TLS tells
public record MqttConnect(
        int level,
        Channel channel,
        String clientId,
        Optional<String> userName,
        Optional<Secret> password,
        Optional<Will> will,
        boolean cleanStart,
        int keepAliveSeconds,
        TlsPeer peer) {

    /// What carries the packets.
    public enum Channel {
        MQTT("mqtt"),
        MQTT_OVER_WEBSOCKET("mqtt-ws");

        private final String word;

        Channel(String word) {
            this.word = word;
        }

        /// As it stands in the name of a door, such as `dps-mqtt-ws`.
        public String word() {
            return word;
        }
    }

    /// Names, passwords and addresses are identity data: they are not printed.
    @Override
    public String toString() {
        return "a CONNECT of level " + level + " over " + channel.word();
    }
}
