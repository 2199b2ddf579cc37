package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.lane.Work.Known;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Step 6: known devices are locked in the order of their primary key; one that is at another version than it was
/// read at has changed under the decision.
final class DeviceLocks {

    private static final String LOCK = """
            SELECT d.device_id, d.version, d.last_lane, d.last_seq
            FROM unnest(?::smallint[], ?::bytea[]) AS u(slot, device_id)
            JOIN device d ON d.slot = u.slot AND d.device_id = u.device_id
            ORDER BY d.slot, d.device_id
            FOR UPDATE OF d""";

    private record Found(int version, Candidate.Last last) {}

    private DeviceLocks() {}

    static void run(Connection connection, List<Candidate> candidates) throws SQLException {
        List<Candidate> resting = candidates.stream()
                .filter(candidate -> candidate.alive() && candidate.work().known() != null)
                .toList();
        if (resting.isEmpty()) {
            return;
        }
        Map<Octets, Found> found = lock(connection, resting);
        for (Candidate candidate : resting) {
            Found device = found.get(known(candidate).deviceId());
            if (device == null || device.version() != known(candidate).version()) {
                candidate.lose(new Outcome.Moved("the device changed a moment ago"));
            } else {
                candidate.follows(device.last());
            }
        }
    }

    private static Known known(Candidate candidate) {
        return Objects.requireNonNull(candidate.work().known());
    }

    private static Map<Octets, Found> lock(Connection connection, List<Candidate> resting) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Bind.of(statement, resting).shorts(c -> known(c).slot()).octets(c -> known(c).deviceId());
            Map<Octets, Found> found = HashMap.newHashMap(resting.size());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            Octets.of(rows.getBytes(1)),
                            new Found(rows.getInt(2), new Candidate.Last(rows.getInt(3), rows.getLong(4))));
                }
            }
            return found;
        }
    }
}
