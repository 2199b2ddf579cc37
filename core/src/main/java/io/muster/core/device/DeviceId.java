package io.muster.core.device;

import java.util.UUID;

/// Who a device is inside Muster: random, never shown on a wire, never used again.
public record DeviceId(UUID value) {

    /// A new random id (122 bits from the platform's secure generator).
    public static DeviceId random() {
        return new DeviceId(UUID.randomUUID());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
