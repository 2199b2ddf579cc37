package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.store.database.Bind;
import io.muster.store.database.Query;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of the roster bears on individuals that are to be added, read in one statement for each table.
final class Surroundings {

    /// The limits keep the planner from reading a tenant's gates whole, which it holds for few when it plans early.
    private static final String PRESENT = """
            SELECT g.enrollment, g.version, e.sealed FROM unnest(?::text[]) AS u(id)
            CROSS JOIN LATERAL (SELECT tenant, enrollment, version FROM gate
                                WHERE tenant = ? AND enrollment = u.id COLLATE "C" LIMIT 1) AS g
            CROSS JOIN LATERAL (SELECT sealed FROM enrollment
                                WHERE tenant = g.tenant AND id = g.enrollment AND version = g.version LIMIT 1) AS e""";

    private static final String GROUPS = "SELECT enrollment FROM gate WHERE tenant = ? AND NOT individual";

    private static final String NAMES = """
            SELECT r.name_bi FROM unnest(?::smallint[], ?::bytea[]) AS u(slot, name_bi)
            JOIN roster r ON r.slot = u.slot AND r.tenant = ? AND r.name_bi = u.name_bi""";

    private static final String HUBS = "SELECT name FROM hub WHERE tenant = ?";

    private static final String PROFILES = "SELECT DISTINCT name FROM certificate_profile WHERE tenant = ?";

    private final Map<String, Enrollment> present = new HashMap<>();
    private final Set<String> groups;
    private final Set<Octets> names = new HashSet<>();
    private final Set<String> hubs;
    private final Set<String> profiles;

    private Surroundings(Set<String> groups, Set<String> hubs, Set<String> profiles) {
        this.groups = groups;
        this.hubs = hubs;
        this.profiles = profiles;
    }

    static Surroundings read(
            Connection connection, EditionReader reader, int tenant, Name name, List<IndividualRow> rows)
            throws SQLException {
        Surroundings read = new Surroundings(
                texts(connection, GROUPS, tenant),
                texts(connection, HUBS, tenant),
                texts(connection, PROFILES, tenant));
        read.readPresent(connection, reader, tenant, name, rows);
        read.readNames(connection, tenant, rows);
        return read;
    }

    /// What comes of each, in their order; of two that exclude each other the first is added.
    List<Addition> judge(List<IndividualRow> rows) {
        List<Addition> answers = new ArrayList<>(rows.size());
        for (IndividualRow row : rows) {
            Addition answer = judge(row);
            if (answer instanceof Addition.Added) {
                present.put(row.gate(), row.enrollment());
                names.add(row.name().bi());
            }
            answers.add(answer);
        }
        return answers;
    }

    private Addition judge(IndividualRow row) {
        Name name = row.enrollment().name();
        Enrollment there = present.get(row.gate());
        if (there != null) {
            return row.says(there)
                    ? new Addition.Same()
                    : new Addition.Taken("enrollment " + name + " with other content, at version " + there.version());
        }
        if (groups.contains(name.value())) {
            return new Addition.Taken("a group enrollment " + name);
        }
        if (names.contains(row.name().bi())) {
            return new Addition.Taken("another individual enrollment for this registration id");
        }
        for (Name hub : row.hubs()) {
            if (!hubs.contains(hub.value())) {
                return new Addition.Missing("hub " + hub);
            }
        }
        return profiles.contains(row.profile().value())
                ? new Addition.Added()
                : new Addition.Missing("certificate profile " + row.profile());
    }

    private void readPresent(
            Connection connection, EditionReader reader, int tenant, Name name, List<IndividualRow> rows)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PRESENT)) {
            Bind.of(statement, rows).texts(IndividualRow::gate).number(tenant);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    String id = found.getString(1);
                    present.put(id, reader.open(tenant, name, id, found.getInt(2), Octets.of(found.getBytes(3))));
                }
            }
        }
    }

    private void readNames(Connection connection, int tenant, List<IndividualRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NAMES)) {
            Bind.of(statement, rows)
                    .shorts(row -> row.name().slot())
                    .octets(row -> row.name().bi())
                    .number(tenant);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    names.add(Octets.of(found.getBytes(1)));
                }
            }
        }
    }

    private static Set<String> texts(Connection connection, String sql, int tenant) throws SQLException {
        return new HashSet<>(Query.all(connection, sql, s -> s.setInt(1, tenant), row -> row.getString(1)));
    }
}
