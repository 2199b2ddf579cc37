package io.muster.store.ledger;

import io.muster.store.database.Database;
import io.muster.store.database.Grouped;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Finds bindings with their devices, for many callers at once.
final class Lookups implements AutoCloseable {

    private static final String FIND = "SELECT b.bi, b.state, " + DeviceRows.COLUMNS + """

            FROM unnest(?::smallint[], ?::smallint[], ?::int[], ?::bytea[]) AS u(slot, kind, tenant, bi)
            JOIN binding b ON b.slot = u.slot AND b.tenant = u.tenant AND b.kind = u.kind AND b.bi = u.bi
            LEFT JOIN device d ON d.slot = b.device_slot AND d.device_id = b.device_id
            LEFT JOIN device_key k ON k.slot = d.slot AND k.device_id = d.device_id""";

    /// What is sought.
    record Sought(int tenant, Kind kind, Indexed at) {}

    private final Grouped<Sought, Bound> grouped;

    Lookups(Database database) {
        this.grouped = new Grouped<>(
                database,
                "muster-look",
                new Grouped.Statement<>(
                        FIND,
                        bind -> bind.shorts(it -> it.at().slot())
                                .shorts(it -> it.kind().number())
                                .ints(Sought::tenant)
                                .octets(it -> it.at().bi()),
                        Lookups::read));
    }

    /// What is bound, by blind index.
    ///
    /// @throws io.muster.core.ledger.LedgerUnavailable when the database does not answer
    Map<Octets, Bound> find(List<Sought> sought) {
        return grouped.find(sought);
    }

    @Override
    public void close() {
        grouped.close();
    }

    private static Bound read(ResultSet row) throws SQLException {
        boolean device = row.getBytes(3) != null;
        return new Bound(Octets.of(row.getBytes(1)), row.getShort(2), device ? DeviceRows.read(row, 3) : null);
    }
}
