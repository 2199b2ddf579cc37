package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Step 7, for certificates that claims created: they are locked in the order of their primary key, and each becomes
/// one device's. The same device may ask again.
final class Adoptions {

    private static final String LOCK = """
            SELECT c.serial_bi, c.state, c.device_id
            FROM unnest(?::smallint[], ?::int[], ?::bytea[]) AS u(slot, tenant, serial_bi)
            JOIN creation c ON c.slot = u.slot AND c.tenant = u.tenant AND c.serial_bi = u.serial_bi
            ORDER BY c.slot, c.tenant, c.serial_bi
            FOR UPDATE OF c""";

    private Adoptions() {}

    /// @param device whose it is
    private record Standing(short state, @Nullable Octets device) {}

    static void run(Connection connection, List<Candidate> candidates) throws SQLException {
        List<Candidate> adopting = candidates.stream()
                .filter(candidate -> candidate.alive() && candidate.work().adoption() != null)
                .toList();
        if (adopting.isEmpty()) {
            return;
        }
        Map<Octets, Standing> found = lock(connection, adopting);
        for (Candidate candidate : adopting) {
            judge(candidate, found.get(adoption(candidate).serialBi()));
        }
    }

    private static void judge(Candidate candidate, @Nullable Standing standing) {
        Octets device = adoption(candidate).deviceId();
        boolean free = standing != null && standing.state() == Adoption.WAITING;
        boolean own =
                standing != null && standing.state() == Adoption.ADOPTED && Objects.equals(standing.device(), device);
        if (free) {
            candidate.adoptsAfresh();
        } else if (!own) {
            candidate.lose(new Outcome.Spent());
        }
    }

    static Adoption adoption(Candidate candidate) {
        return Objects.requireNonNull(candidate.work().adoption());
    }

    private static Map<Octets, Standing> lock(Connection connection, List<Candidate> adopting) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Bind.of(statement, adopting)
                    .shorts(c -> adoption(c).slot())
                    .ints(c -> adoption(c).tenant())
                    .octets(c -> adoption(c).serialBi());
            Map<Octets, Standing> found = HashMap.newHashMap(adopting.size());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byte[] device = rows.getBytes(3);
                    found.put(
                            Octets.of(rows.getBytes(1)),
                            new Standing(rows.getShort(2), device == null ? null : Octets.of(device)));
                }
            }
            return found;
        }
    }
}
