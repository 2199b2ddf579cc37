package io.muster.store.roster;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Versions;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.util.Optional;

/// Every version of every enrollment, from the database itself.
public final class PostgresVersions implements Versions {

    private static final String ONE =
            "SELECT id, version, sealed FROM enrollment WHERE tenant = ? AND id IN (?, ?) AND version = ?";

    private final Query query;
    private final EditionReader reader;
    private final Gates gates;
    private final PostgresRoster roster;

    public PostgresVersions(Database database, Sealing sealing, BlindIndex index, PostgresRoster roster) {
        this.query = new Query(database);
        this.reader = new EditionReader(database, sealing);
        this.gates = new Gates(index);
        this.roster = roster;
    }

    @Override
    public Optional<Enrollment> of(Name tenant, Origin origin) {
        return roster.number(tenant)
                .flatMap(number -> query.one(
                        ONE,
                        statement -> {
                            statement.setInt(1, number);
                            statement.setString(2, gates.group(origin.enrollment()));
                            statement.setString(3, gates.individual(number, origin.enrollment()));
                            statement.setInt(4, origin.version());
                        },
                        row -> reader.open(
                                number, tenant, row.getString(1), row.getInt(2), Octets.of(row.getBytes(3)))));
    }

    @Override
    public Optional<Enrollment> individual(Name tenant, RegistrationId device) {
        return roster.individual(tenant, device);
    }
}
