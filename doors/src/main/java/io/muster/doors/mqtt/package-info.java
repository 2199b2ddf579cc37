/// The MQTT wall: packets in, one connection's calls to its door; answers out.
///
/// A door that is spoken over MQTT comes in with an [io.muster.doors.mqtt.MqttDoor], which judges a CONNECT, and an
/// [io.muster.doors.mqtt.MqttGuest] for each connection that it let in. Everything that is the protocol's own is done
/// here: 3.1.1 and 5, limits, keep-alive, take-over, flow control, reason codes. It must not know any door, nor who
/// may enroll. There is no broker: what a device publishes goes to its guest alone, and what a guest sends goes to
/// its device alone. Netty stays inside.
@NullMarked
package io.muster.doors.mqtt;

import org.jspecify.annotations.NullMarked;
