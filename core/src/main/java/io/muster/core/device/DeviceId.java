package io.muster.core.device;

import java.util.UUID;

/// Who a device is inside Muster: random, never shown to a device, never used again. Other systems are told it: it is
/// what stays when a device is erased, and names nobody then.
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
