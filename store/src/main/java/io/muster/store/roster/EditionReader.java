package io.muster.store.roster;

import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.Tenant;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.roster.Edition.Holding;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads editions and enrollments.
final class EditionReader {

    static final short ENABLED = 0;
    static final short DISABLED = 1;

    private static final String TENANTS =
            "SELECT tenant, name, state, individuals_epoch, audit_reads, verified_anchors FROM tenant";
    private static final String HUBS =
            "SELECT tenant, name, region, endpoint, weight, state FROM hub ORDER BY tenant, name";
    private static final String GROUPS = """
            SELECT e.tenant, e.id, e.version, e.sealed FROM gate g
            JOIN enrollment e ON e.tenant = g.tenant AND e.id = g.enrollment AND e.version = g.version
            WHERE NOT g.individual ORDER BY e.tenant, e.id""";

    private static final String ANCHORS = "SELECT tenant, name, version, sealed FROM anchor";

    private static final String POLICIES = "SELECT tenant, name, version, sealed FROM named_policy";

    static final String GROUPS_OF_TENANT = """
            SELECT e.id, e.version, e.sealed FROM gate g
            JOIN enrollment e ON e.tenant = g.tenant AND e.id = g.enrollment AND e.version = g.version
            WHERE g.tenant = ? AND NOT g.individual ORDER BY e.id""";

    private record Row<T>(int tenant, T value) {}

    private record TenantRow(int number, Tenant tenant, boolean individuals) {}

    private final Database database;
    private final Sealing sealing;

    EditionReader(Database database, Sealing sealing) {
        this.database = database;
        this.sealing = sealing;
    }

    /// The newest edition, read at one moment.
    Edition newest() {
        try (Connection connection = database.pooled()) {
            return newest(connection);
        } catch (SQLException e) {
            throw Database.unavailable(e);
        }
    }

    private Edition newest(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return read(connection);
        } finally {
            connection.rollback();
        }
    }

    private Edition read(Connection connection) throws SQLException {
        long number = counter(connection);
        List<TenantRow> tenants = Query.all(connection, TENANTS, s -> {}, EditionReader::tenant);
        Map<Integer, Name> names = new HashMap<>();
        tenants.forEach(row -> names.put(row.number(), row.tenant().name()));
        Map<Integer, List<Hub>> hubs = byTenant(Query.all(connection, HUBS, s -> {}, row -> hub(row, names)));
        Map<Integer, List<CertificateProfile>> profiles =
                byTenant(Query.all(connection, ProfileRows.NEWEST, EditionReader::ofAll, row -> profile(row, names)));
        Map<Integer, List<Enrollment>> groups =
                byTenant(Query.all(connection, GROUPS, s -> {}, row -> enrollment(row, names)));
        Map<Integer, List<RegisteredAnchor>> anchors =
                byTenant(Query.all(connection, ANCHORS, s -> {}, row -> anchor(row, names)));
        Map<Integer, List<NamedPolicy>> policies =
                byTenant(Query.all(connection, POLICIES, s -> {}, row -> policy(row, names)));
        Map<Name, Holding> holdings = new HashMap<>();
        for (TenantRow row : tenants) {
            Holding holding = new Holding(
                    row.number(),
                    row.tenant(),
                    hubs.getOrDefault(row.number(), List.of()),
                    profiles.getOrDefault(row.number(), List.of()),
                    groups.getOrDefault(row.number(), List.of()),
                    row.individuals(),
                    verified(anchors.getOrDefault(row.number(), List.of())),
                    byName(policies.getOrDefault(row.number(), List.of())));
            holdings.put(row.tenant().name(), holding);
        }
        return new Edition(number, holdings);
    }

    private static Set<String> verified(List<RegisteredAnchor> anchors) {
        return anchors.stream()
                .filter(RegisteredAnchor::isVerified)
                .map(anchor -> anchor.certificate().fingerprint())
                .collect(Collectors.toSet());
    }

    static long counter(Connection connection) throws SQLException {
        return Query.all(connection, "SELECT counter FROM roster_change WHERE one = 1", s -> {}, row -> row.getLong(1))
                .getFirst();
    }

    /// Opens an enrollment's body.
    Enrollment open(int number, Name tenant, String id, int version, Octets sealed) {
        return open(sealing, number, tenant, id, version, sealed);
    }

    static Enrollment open(Sealing sealing, int number, Name tenant, String id, int version, Octets sealed) {
        byte[] plain = sealing.ofTenant(number).open(address(number, id, version), sealed);
        return EnrollmentForm.read(tenant, plain);
    }

    /// Every group of a tenant in its present version, within a change.
    static List<Enrollment> groups(Connection connection, Sealing sealing, int number, Name tenant)
            throws SQLException {
        return Query.all(
                connection,
                GROUPS_OF_TENANT,
                s -> s.setInt(1, number),
                row -> open(sealing, number, tenant, row.getString(1), row.getInt(2), Octets.of(row.getBytes(3))));
    }

    static Address address(int tenant, String id, int version) {
        return Address.of(Table.ENROLLMENT, tenant, Octets.of(id.getBytes(StandardCharsets.UTF_8)), version);
    }

    private static TenantRow tenant(ResultSet row) throws SQLException {
        Tenant tenant = new Tenant(
                new Name(row.getString(2)), row.getShort(3) == ENABLED, row.getBoolean(5), row.getBoolean(6));
        return new TenantRow(row.getInt(1), tenant, row.getLong(4) > 0);
    }

    private static Row<Hub> hub(ResultSet row, Map<Integer, Name> names) throws SQLException {
        Hub hub = new Hub(
                known(names, row.getInt(1)),
                new Name(row.getString(2)),
                new Name(row.getString(3)),
                HubEndpoint.parse(row.getString(4)).orElseThrow(),
                row.getInt(5),
                row.getShort(6) == ENABLED);
        return new Row<>(row.getInt(1), hub);
    }

    private Row<CertificateProfile> profile(ResultSet row, Map<Integer, Name> names) throws SQLException {
        int tenant = row.getInt(1);
        return new Row<>(tenant, ProfileRows.open(sealing, known(names, tenant), row));
    }

    private Row<RegisteredAnchor> anchor(ResultSet row, Map<Integer, Name> names) throws SQLException {
        int tenant = row.getInt(1);
        return new Row<>(tenant, new AnchorRows(sealing).open(known(names, tenant), row));
    }

    private Row<NamedPolicy> policy(ResultSet row, Map<Integer, Name> names) throws SQLException {
        int tenant = row.getInt(1);
        return new Row<>(tenant, new PolicyRows(sealing).open(known(names, tenant), row));
    }

    private static Map<PolicyName, NamedPolicy> byName(List<NamedPolicy> policies) {
        return policies.stream().collect(Collectors.toMap(NamedPolicy::name, Function.identity()));
    }

    private static void ofAll(PreparedStatement statement) throws SQLException {
        statement.setNull(1, Types.INTEGER);
        statement.setNull(2, Types.INTEGER);
    }

    private Row<Enrollment> enrollment(ResultSet row, Map<Integer, Name> names) throws SQLException {
        int tenant = row.getInt(1);
        Octets sealed = Octets.of(row.getBytes(4));
        return new Row<>(tenant, open(tenant, known(names, tenant), row.getString(2), row.getInt(3), sealed));
    }

    private static Name known(Map<Integer, Name> names, int tenant) {
        Name name = names.get(tenant);
        if (name == null) {
            throw new IllegalStateException("a row of the roster belongs to no tenant");
        }
        return name;
    }

    private static <T> Map<Integer, List<T>> byTenant(List<Row<T>> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(Row::tenant, Collectors.mapping(Row::value, Collectors.toList())));
    }
}
