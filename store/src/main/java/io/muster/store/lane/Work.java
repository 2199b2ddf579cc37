package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One act, sealed and ready to be written: rows of all tables, and what must still be so when they are.
///
/// @param rests     null for a refusal, which rests on nothing
/// @param claims    bindings that must become this device's
/// @param releases  bindings of a known device that change their state
/// @param known     the device as it was read; null where there was none
/// @param device    the device as it shall be; null where it does not change
/// @param key       the key of a new device
/// @param operation the operation that ends with it
public record Work(
        @Nullable Rests rests,
        List<BindingRow> claims,
        List<BindingRow> releases,
        @Nullable Known known,
        @Nullable DeviceRow device,
        @Nullable KeyRow key,
        @Nullable EntryRow entry,
        AttemptRow attempt,
        @Nullable OperationEnd operation) {

    /// A device that must be at this version.
    public record Known(short slot, Octets deviceId, int version) {}

    public Work {
        claims = List.copyOf(claims);
        releases = List.copyOf(releases);
    }

    /// What no other work of the same batch may touch.
    List<Octets> touches() {
        List<Octets> touched = new ArrayList<>(claims.size() + releases.size() + 2);
        claims.forEach(row -> touched.add(row.bi()));
        releases.forEach(row -> touched.add(row.bi()));
        if (known != null) {
            touched.add(known.deviceId());
        }
        if (operation != null) {
            touched.add(operation.opId());
        }
        return touched;
    }
}
