package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A row of table `binding`.
///
/// @param slot       where the row lives, from its own value
/// @param kind       number of [io.muster.store.sealing.BlindIndex.Kind]
/// @param state      one of the constants here
/// @param deviceSlot where the device lives
/// @param deviceId   null where the row names nobody
public record BindingRow(
        short slot,
        short kind,
        int tenant,
        short state,
        Octets bi,
        short deviceSlot,
        @Nullable Octets deviceId) {

    /// The registration id, or the key that proves the device.
    public static final short IDENTITY = 1;

    /// The outward id, where it is another than the registration id.
    public static final short ALIAS = 2;

    /// A key that proved the device once; nobody else may have it.
    public static final short SUPERSEDED = 3;

    /// Refused at every door, whoever shows it.
    public static final short BLOCKED = 4;

    /// A key that is certified for the device and does not prove it by itself.
    public static final short OPERATIONAL = 5;

    /// The order of the primary key: everybody who takes several takes them in this order.
    static final Comparator<BindingRow> KEY_ORDER = Comparator.comparingInt(BindingRow::slot)
            .thenComparingInt(BindingRow::tenant)
            .thenComparingInt(BindingRow::kind)
            .thenComparing(BindingRow::bi);

    /// The same row in another state.
    public BindingRow as(short other) {
        return new BindingRow(slot, kind, tenant, other, bi, deviceSlot, deviceId);
    }
}
