package io.muster.store.lane;

import io.muster.store.sealing.Octets;

/// A certificate that a claim created, and the device whose it becomes.
public record Adoption(short slot, int tenant, Octets serialBi, short deviceSlot, Octets deviceId) {

    /// Waits for a device.
    public static final short WAITING = 0;

    /// Is a device's.
    public static final short ADOPTED = 1;

    /// Waited too long.
    public static final short REVOKED = 2;
}
