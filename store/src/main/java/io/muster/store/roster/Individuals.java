package io.muster.store.roster;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.store.database.Bind;
import io.muster.store.database.Database;
import io.muster.store.lane.Journal;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Adds individual enrollments, many at a time. Nodes read individuals from the database, so that adding them makes
/// no new edition for anybody to read; only a tenant's first makes one, by which nodes learn that it has any.
public final class Individuals {

    private static final String ROSTER = """
            INSERT INTO roster (slot, tenant, name_bi, enrollment)
            SELECT u.slot, ?, u.name_bi, u.id FROM unnest(?::smallint[], ?::bytea[], ?::text[]) AS u(slot, name_bi, id)""";

    private static final String GATES = """
            INSERT INTO gate (epoch, tenant, version, enabled, individual, enrollment)
            SELECT ?, ?, u.version, u.enabled = 1, true, u.id
            FROM unnest(?::int[], ?::text[], ?::smallint[]) AS u(version, id, enabled)""";

    private static final String BODIES = """
            INSERT INTO enrollment (tenant, id, version, kind, created_at, sealed)
            SELECT ?, u.id, u.version, 1, ?, u.sealed
            FROM unnest(?::int[], ?::text[], ?::bytea[]) AS u(version, id, sealed)""";

    private static final String ENDED = """
            SELECT u.place, max(e.version) FROM unnest(?::int[], ?::text[], ?::text[]) AS u(place, own, as_group)
            JOIN enrollment e ON e.tenant = ? AND e.id IN (u.own COLLATE "C", u.as_group COLLATE "C")
            GROUP BY u.place""";

    private static final String FIRST_EVER = "UPDATE tenant SET epoch = ? WHERE tenant = ? AND individuals_epoch = 0";

    private static final String AHEAD = "UPDATE tenant SET individuals_epoch = ? WHERE tenant = ?";

    private final Sealing sealing;
    private final BlindIndex index;
    private final Gates gates;
    private final EditionReader reader;
    private final Audit audit;
    private final InstantSource clock;

    public Individuals(Database database, Sealing sealing, BlindIndex index, InstantSource clock) {
        this.sealing = sealing;
        this.index = index;
        this.gates = new Gates(index);
        this.reader = new EditionReader(database, sealing);
        this.audit = new Audit(sealing, index, clock);
        this.clock = clock;
    }

    /// Individuals of one tenant, ready to be added.
    public record Batch(int tenant, Name name, List<IndividualRow> rows) {}

    /// Computes all that can be computed before anybody waits for it.
    public Batch prepare(int tenant, Name name, List<Enrollment> individuals) {
        return new Batch(
                tenant, name, individuals.stream().map(one -> row(tenant, one)).toList());
    }

    /// With their versions after those of deleted enrollments of their names.
    private List<IndividualRow> continued(Connection connection, int tenant, List<IndividualRow> rows)
            throws SQLException {
        List<Integer> places = IntStream.range(0, rows.size()).boxed().toList();
        List<IndividualRow> continued = new ArrayList<>(rows);
        try (PreparedStatement statement = connection.prepareStatement(ENDED)) {
            Bind.of(statement, places)
                    .ints(place -> place)
                    .texts(place -> rows.get(place).gate())
                    .texts(place -> gates.group(rows.get(place).enrollment().name()))
                    .number(tenant);
            try (ResultSet ended = statement.executeQuery()) {
                while (ended.next()) {
                    Enrollment one = rows.get(ended.getInt(1)).enrollment();
                    continued.set(ended.getInt(1), row(tenant, one.at(ended.getInt(2) + 1)));
                }
            }
        }
        return continued;
    }

    private IndividualRow row(int tenant, Enrollment one) {
        String gate = gates.individual(tenant, one.name());
        RegistrationId id = one.individual().orElseThrow();
        Indexed name = index.index(tenant, Kind.NAME, id.canonical().getBytes(StandardCharsets.UTF_8));
        return new IndividualRow(
                one,
                gate,
                name,
                sealing.ofTenant(tenant)
                        .seal(EditionReader.address(tenant, gate, one.version()), EnrollmentForm.write(one)));
    }

    /// What would come of each now.
    public List<Addition> check(Connection connection, Batch batch) throws SQLException {
        return Surroundings.read(connection, reader, batch.tenant(), batch.name(), batch.rows())
                .judge(batch.rows());
    }

    /// Adds what can be added, within an operator's change.
    public List<Addition> add(Connection connection, Journal journal, Batch batch, Warrant warrant)
            throws SQLException {
        List<Addition> answers = check(connection, batch);
        List<IndividualRow> added = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Addition.Added) {
                added.add(batch.rows().get(i));
            }
        }
        if (!added.isEmpty()) {
            List<IndividualRow> rows = continued(connection, batch.tenant(), added);
            insert(connection, batch.tenant(), rows);
            audit.enrolled(
                    journal,
                    batch.tenant(),
                    rows.stream().map(IndividualRow::enrollment).toList(),
                    warrant);
        }
        return answers;
    }

    private void insert(Connection connection, int tenant, List<IndividualRow> rows) throws SQLException {
        long edition = edition(connection, tenant);
        try (PreparedStatement statement = connection.prepareStatement(ROSTER)) {
            Bind.of(statement, rows)
                    .number(tenant)
                    .shorts(row -> row.name().slot())
                    .octets(row -> row.name().bi())
                    .texts(IndividualRow::gate);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(GATES)) {
            Bind.of(statement, rows)
                    .number(edition)
                    .number(tenant)
                    .ints(row -> row.enrollment().version())
                    .texts(IndividualRow::gate)
                    .shorts(row -> row.enrollment().enabled() ? 1 : 0);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(BODIES)) {
            Bind.of(statement, rows)
                    .number(tenant)
                    .number(clock.millis())
                    .ints(row -> row.enrollment().version())
                    .texts(IndividualRow::gate)
                    .octets(IndividualRow::sealed);
            statement.executeUpdate();
        }
    }

    /// The edition that the new gates belong to. The individuals' epoch goes one ahead of it: whatever was decided by
    /// this edition or an older one looks for an individual of its name before it is committed.
    private static long edition(Connection connection, int tenant) throws SQLException {
        long present = EditionReader.counter(connection);
        int firstEver = update(connection, FIRST_EVER, present + 1, tenant);
        long edition = firstEver == 1 ? RosterRows.nextEdition(connection) : present;
        int ahead = update(connection, AHEAD, edition + 1, tenant);
        assert ahead == 1;
        return edition;
    }

    private static int update(Connection connection, String sql, long epoch, int tenant) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, epoch);
            statement.setInt(2, tenant);
            return statement.executeUpdate();
        }
    }
}
