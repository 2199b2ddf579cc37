package io.muster.doors.hub;

import io.muster.doors.listener.TenantDomain;
import io.muster.doors.mqtt.MqttLimits;
import io.muster.doors.mqtt.MqttWall;
import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.Packets;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The door behind a real listener.
///
/// @param level of MQTT
record HubScene(int level, ObedientHub hub, ObedientReception reception, MqttReached reached) implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");
    static final String TOKEN = "SharedAccessSignature sr=x&sig=y&se=1";

    static HubScene open(int level) throws IOException {
        ObedientHub hub = new ObedientHub();
        ObedientReception reception = new ObedientReception();
        HubDoor door = new HubDoor(hub, reception, hub, TenantDomain.NONE, InstantSource.fixed(NOW));
        return new HubScene(level, hub, reception, MqttReached.alone(new MqttWall(List.of(door), MqttLimits.usual())));
    }

    Packets.Connect azure() {
        return new Packets.Connect(level, ObedientHub.DEVICE)
                .user("Hub.example.com/" + ObedientHub.DEVICE + "/?api-version=2021-04-12&DeviceClientType=java%2F2")
                .password(TOKEN);
    }

    Packets.Connect plain() {
        return new Packets.Connect(level, "anything")
                .user("acme/" + ObedientHub.DEVICE)
                .password(TOKEN);
    }

    /// The code of the CONNACK.
    int code(MqttCaller caller, Packets.Connect connect) throws IOException {
        return caller.send(connect.bytes()).read(Packets.CONNACK).octet(1);
    }

    /// Whether a message with QoS 1 is acknowledged.
    boolean taken(MqttCaller caller, String topic) throws IOException {
        caller.send(Packets.publish(level, 5, topic, "21"));
        if (level == 4) {
            return caller.send(Packets.PINGREQ).rest(4).length == 4;
        }
        return caller.read(Packets.PUBACK).size() == 2;
    }

    int granted(MqttCaller caller, String filter) throws IOException {
        return caller.send(Packets.subscribe(level, 1, filter, 1))
                .read(Packets.SUBACK)
                .last();
    }

    int denied() {
        return level == 5 ? 0x87 : 5;
    }

    int notGranted() {
        return level == 5 ? 0x87 : 0x80;
    }

    @Override
    public void close() {
        reached.close();
    }
}
