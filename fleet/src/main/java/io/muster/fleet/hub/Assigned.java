package io.muster.fleet.hub;

import io.muster.fleet.device.Device;

/// A device that was told where to connect, and under which name.
///
/// @param device   what proves it: a certificate or a symmetric key; any other kind has nothing to show at a hub
/// @param deviceId its outward id
/// @param dialect  how it speaks there
public record Assigned(Device device, String deviceId, Dialect dialect) {

    /// How a device speaks at its hub.
    public sealed interface Dialect {

        /// As Azure's device SDKs.
        ///
        /// @param host of the hub, as it was told
        record Azure(String host) implements Dialect {}

        /// Plain MQTT on `t/{deviceId}/…`, for a device with a certificate.
        record Plain() implements Dialect {}
    }
}
