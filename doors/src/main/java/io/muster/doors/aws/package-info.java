/// AWS IoT's device side over MQTT: fleet provisioning for whoever holds a claim, and a connection that stays for
/// devices.
///
/// The MQTT wall comes in with a CONNECT that shows a certificate. Who that is, is said by
/// [io.muster.core.door.Admission]. A rule about who may enroll, or what a device's policies permit, must not be known
/// here.
@NullMarked
package io.muster.doors.aws;

import org.jspecify.annotations.NullMarked;
