/// The door of devices that carry an Azure provisioning SDK: DPS over HTTPS and over MQTT.
///
/// It translates: path or topic, headers or user name, and JSON into an [io.muster.core.door.EnrollmentRequest], an
/// [io.muster.core.door.Outcome] into the JSON that the SDKs read. Only the listener and the MQTT wall come in. It
/// must not know any other door, nor decide anything: what it cannot parse it turns away through the same port.
@NullMarked
package io.muster.doors.dps;

import org.jspecify.annotations.NullMarked;
