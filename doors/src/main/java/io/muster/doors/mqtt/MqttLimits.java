package io.muster.doors.mqtt;

import java.time.Duration;

/// How much one device, and one tenant, may have. The numbers of [#usual] are those that AWS publishes.
///
/// @param packet         bytes of a packet, behind its fixed header
/// @param payload        bytes of a message
/// @param properties     bytes of the properties of a packet (MQTT 5)
/// @param filters        in one SUBSCRIBE or UNSUBSCRIBE
/// @param subscriptions  of a connection
/// @param inFlight       QoS 1 messages without acknowledgement, each way
/// @param perSecond      messages and other requests of a connection; more of them wait
/// @param perTenant      connections of one tenant at one door
/// @param untilConnect   from the end of the TLS handshake to a whole CONNECT
/// @param untilTaken     to take what was sent, once the network's buffers are full
public record MqttLimits(
        int packet,
        int payload,
        int properties,
        int filters,
        int subscriptions,
        int inFlight,
        int perSecond,
        int perTenant,
        Duration untilConnect,
        Duration untilTaken) {

    public static MqttLimits usual() {
        return new MqttLimits(
                146 * 1024,
                128 * 1024,
                16 * 1024,
                8,
                50,
                100,
                100,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20));
    }
}
