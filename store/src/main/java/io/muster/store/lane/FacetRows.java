package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.util.List;

/// Rows of table `facet`: all by which a device is found by what it says of itself. They replace those of before.
public record FacetRows(int tenant, short slot, Octets deviceId, List<Octets> indexes) {

    public FacetRows {
        indexes = List.copyOf(indexes);
    }
}
