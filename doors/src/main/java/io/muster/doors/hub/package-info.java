/// The hub that is built in: devices that enrolled and were assigned to it connect, and say what they have to say.
///
/// Two dialects: that of Azure's device SDKs, and plain MQTT with a token. The MQTT wall comes in with a CONNECT. Whose
/// device it is, and whether this is its hub, is said by [io.muster.core.door.HubAdmission]; who may enroll must not be
/// known here, nor what becomes of a message after [io.muster.core.telemetry.Telemetry] took it.
@NullMarked
package io.muster.doors.hub;

import org.jspecify.annotations.NullMarked;
