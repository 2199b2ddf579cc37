package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.SQLException;
import java.util.List;

/// What devices are found by, as one batch writes it. Written under the device's lock, as the device is.
final class FacetSheets {

    private static final String GONE = """
            DELETE FROM facet f USING unnest(?::smallint[], ?::bytea[]) AS u(slot, device_id)
            WHERE f.slot = u.slot AND f.device_id = u.device_id""";

    private static final String FOUND_BY = """
            INSERT INTO facet (tenant, slot, device_id, bi)
            SELECT DISTINCT * FROM unnest(?::int[], ?::smallint[], ?::bytea[], ?::bytea[])""";

    private record One(int tenant, short slot, Octets deviceId, Octets bi) {}

    private final Sheet<FacetRows> gone = new Sheet<>(GONE, FacetSheets::bindGone);
    private final Sheet<One> foundBy = new Sheet<>(FOUND_BY, FacetSheets::bind);

    void collect(Work work) {
        FacetRows facets = work.facets();
        if (facets == null) {
            return;
        }
        if (work.known() != null) {
            gone.add(facets);
        }
        facets.indexes().forEach(bi -> foundBy.add(new One(facets.tenant(), facets.slot(), facets.deviceId(), bi)));
    }

    List<Sheet<?>> sheets() {
        return List.of(gone, foundBy);
    }

    private static Bind<FacetRows> bindGone(Bind<FacetRows> bind) throws SQLException {
        return bind.shorts(FacetRows::slot).octets(FacetRows::deviceId);
    }

    private static Bind<One> bind(Bind<One> bind) throws SQLException {
        return bind.ints(One::tenant).shorts(One::slot).octets(One::deviceId).octets(One::bi);
    }
}
