package io.muster.core.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import java.util.List;
import java.util.Optional;

/// A sink that holds devices as they are, and can be asked which: what it holds can be compared, and mended. It may be
/// told events at the same time. Throws [SinkUnavailable] when it cannot be asked now.
public interface Reconcilable {

    /// A page of what it holds of a tenant's devices, of those alone that a sink of Muster wrote. Empty after the last.
    ///
    /// @param offset how many come before it
    Page held(Name tenant, int offset);

    /// Whether it holds a device of this outward id that a sink of Muster wrote.
    boolean holds(Name tenant, String deviceId);

    /// What of it is not as it should be, by name; empty where all is.
    List<String> differences(Held held, Device device);

    /// Has it hold the device as it is, unless it holds something newer. False when it can never take it.
    ///
    /// @param certificate the device's newest one, DER
    boolean put(Device device, Optional<Bytes> certificate);

    /// Has it hold no such device any more.
    void remove(Name tenant, Held held);

    /// @param content in its own form
    record Held(String deviceId, Json content) {}

    /// @param size how many there are with those that are not Muster's affair; none after the last page
    record Page(List<Held> items, int size) {
        public Page {
            items = List.copyOf(items);
        }
    }
}
