package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Step 3: what the acts rest on in the roster must be as it was read. It is a statement of its own after the lane's
/// row is held, and whoever changes the roster holds every lane's row: a change falls between two commits.
final class RestsCheck {

    private static final String GATES = """
            SELECT t.tenant, u.enrollment, t.state, t.epoch, t.individuals_epoch, g.enabled, g.epoch
            FROM unnest(?::int[], ?::text[]) AS u(tenant, enrollment)
            JOIN tenant t ON t.tenant = u.tenant
            LEFT JOIN gate g ON g.tenant = u.tenant AND g.enrollment = u.enrollment""";

    private static final String INDIVIDUALS = """
            SELECT r.slot, r.tenant, r.name_bi, r.enrollment
            FROM unnest(?::smallint[], ?::int[], ?::bytea[]) AS u(slot, tenant, name_bi)
            JOIN roster r ON r.slot = u.slot AND r.tenant = u.tenant AND r.name_bi = u.name_bi""";

    private record Gate(int tenant, String enrollment) {}

    private record Epochs(
            boolean tenantOpen,
            long tenant,
            long individuals,
            @Nullable Boolean open,
            long gate) {}

    private RestsCheck() {}

    static void run(Connection connection, List<Candidate> candidates) throws SQLException {
        List<Candidate> resting =
                candidates.stream().filter(c -> c.work().rests() != null).toList();
        if (resting.isEmpty()) {
            return;
        }
        Map<Gate, Epochs> epochs = read(connection, resting);
        for (Candidate candidate : resting) {
            String stale = stale(candidate, epochs);
            if (stale != null) {
                candidate.lose(new Outcome.Stale(stale));
            }
        }
        List<Candidate> unsure = resting.stream()
                .filter(c -> c.alive() && individualsChanged(c, epochs))
                .toList();
        refuseOvertakenByIndividuals(connection, unsure);
    }

    private static Rests rests(Candidate candidate) {
        Rests rests = candidate.work().rests();
        if (rests == null) {
            throw new IllegalStateException("only work that rests on the roster is checked against it");
        }
        return rests;
    }

    private static @Nullable Epochs epochs(Candidate candidate, Map<Gate, Epochs> epochs) {
        Rests rests = rests(candidate);
        return epochs.get(new Gate(rests.tenant(), rests.enrollment()));
    }

    private static @Nullable String stale(Candidate candidate, Map<Gate, Epochs> epochs) {
        long edition = rests(candidate).edition();
        Epochs now = epochs(candidate, epochs);
        if (now == null || now.open() == null) {
            return "the enrollment is gone";
        }
        if (!now.tenantOpen() || !now.open()) {
            return "the tenant or the enrollment is disabled";
        }
        return now.tenant() > edition || now.gate() > edition ? "the tenant or the enrollment changed" : null;
    }

    private static boolean individualsChanged(Candidate candidate, Map<Gate, Epochs> epochs) {
        Epochs now = epochs(candidate, epochs);
        Rests rests = rests(candidate);
        return now != null && !rests.individual() && now.individuals() > rests.edition();
    }

    private static Map<Gate, Epochs> read(Connection connection, List<Candidate> resting) throws SQLException {
        LinkedHashSet<Gate> distinct = new LinkedHashSet<>();
        resting.forEach(c -> distinct.add(new Gate(rests(c).tenant(), rests(c).enrollment())));
        Map<Gate, Epochs> read = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(GATES)) {
            Bind.of(statement, List.copyOf(distinct)).ints(Gate::tenant).texts(Gate::enrollment);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Boolean open = rows.getObject(6) == null ? null : rows.getBoolean(6);
                    read.put(
                            new Gate(rows.getInt(1), rows.getString(2)),
                            new Epochs(rows.getShort(3) == 0, rows.getLong(4), rows.getLong(5), open, rows.getLong(7)));
                }
            }
        }
        return read;
    }

    /// A group's act must not overtake an individual enrollment that was created meanwhile for the same name.
    private static void refuseOvertakenByIndividuals(Connection connection, List<Candidate> unsure)
            throws SQLException {
        if (unsure.isEmpty()) {
            return;
        }
        Map<Octets, Candidate> byName = new HashMap<>();
        unsure.forEach(c -> byName.put(rests(c).nameBi(), c));
        try (PreparedStatement statement = connection.prepareStatement(INDIVIDUALS)) {
            Bind.of(statement, unsure)
                    .shorts(c -> rests(c).slot())
                    .ints(c -> rests(c).tenant())
                    .octets(c -> rests(c).nameBi());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Candidate candidate = byName.get(Octets.of(rows.getBytes(3)));
                    if (candidate != null && !rests(candidate).enrollment().equals(rows.getString(4))) {
                        candidate.lose(new Outcome.Stale("the device has an enrollment of its own now"));
                    }
                }
            }
        }
    }
}
