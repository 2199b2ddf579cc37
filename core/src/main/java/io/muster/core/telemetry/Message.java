package io.muster.core.telemetry;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.time.Instant;
import java.util.Optional;

/// One message of a device, which its policies permit.
///
/// @param from       whose it is
/// @param topic      as the device named it
/// @param payload    as it came; nobody has looked into it
/// @param qos        0 or 1
/// @param receivedAt when it came, by this node's clock
public record Message(Sender from, String topic, Bytes payload, int qos, Instant receivedAt) {

    /// A device as it was when it connected.
    ///
    /// @param deviceId its outward id (AWS: thing name)
    /// @param type     device type, where it has one
    public record Sender(Name tenant, String deviceId, RegistrationId registrationId, Optional<String> type) {

        /// Names a device: it is not printed.
        @Override
        public String toString() {
            return "a device of tenant " + tenant;
        }
    }

    /// Topics and payloads speak of a device: they are not printed.
    @Override
    public String toString() {
        return "a message of " + payload;
    }
}
