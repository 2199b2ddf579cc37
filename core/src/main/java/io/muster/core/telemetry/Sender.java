package io.muster.core.telemetry;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Thing;
import java.util.Optional;

/// A device as it was when it connected: what whoever takes its messages may know of it. No key, and no secret.
///
/// @param deviceId its outward id (AWS: thing name)
/// @param facts    what it last said of itself when it enrolled
public record Sender(
        DeviceId id,
        Name tenant,
        RegistrationId registrationId,
        String deviceId,
        DeviceState state,
        Device.Origin origin,
        Optional<String> type,
        Device.Assignment assignment,
        Optional<Json> facts,
        Optional<Thing> thing) {

    public static Sender of(Device device) {
        return new Sender(
                device.id(),
                device.tenant(),
                device.registrationId(),
                device.deviceId(),
                device.state(),
                device.origin(),
                device.type(),
                device.assignment(),
                device.payload(),
                device.thing());
    }

    /// Names a device: it is not printed.
    @Override
    public String toString() {
        return "a device of tenant " + tenant;
    }
}
