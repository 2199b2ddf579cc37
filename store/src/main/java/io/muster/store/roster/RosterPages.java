package io.muster.store.roster;

import io.muster.core.access.Scope;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.HubEndpoint;
import io.muster.core.connectivity.Region;
import io.muster.core.device.Name;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Tenant;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What operators read of the roster, from the database itself.
final class RosterPages {

    private static final String TENANTS = "SELECT name, state, audit_reads, verified_anchors FROM tenant ORDER BY name";
    private static final String NUMBER = "SELECT tenant FROM tenant WHERE name = ?";
    private static final String REGIONS = """
            SELECT r.name FROM tenant t JOIN region r ON r.tenant = t.tenant
            WHERE t.name = ? ORDER BY r.name COLLATE "C\"""";
    static final String HUBS = """
            SELECT h.name, h.region, h.endpoint, h.weight, h.state FROM tenant t
            JOIN hub h ON h.tenant = t.tenant WHERE t.name = ? ORDER BY h.name""";
    static final String ONE = """
            SELECT e.id, e.version, e.sealed FROM gate g
            JOIN enrollment e ON e.tenant = g.tenant AND e.id = g.enrollment AND e.version = g.version
            WHERE g.tenant = ? AND g.enrollment IN (?, ?)""";
    private static final String VERSIONS = """
            SELECT id, version, sealed FROM enrollment
            WHERE tenant = ? AND id IN (?, ?) AND version < ? ORDER BY version DESC LIMIT ?""";
    /// Of a deleted one its versions tell.
    private static final String IS_INDIVIDUAL = """
            SELECT kind FROM enrollment WHERE tenant = ? AND id IN (?, ?) ORDER BY version DESC LIMIT 1""";
    private static final String PAGE = """
            SELECT e.id, e.version, e.sealed FROM gate g
            JOIN enrollment e ON e.tenant = g.tenant AND e.id = g.enrollment AND e.version = g.version
            WHERE g.tenant = ? AND g.enrollment > ? COLLATE "C" AND (?::text[] IS NULL OR g.enrollment = ANY(?))
            ORDER BY g.enrollment COLLATE "C" LIMIT ?""";

    private final Query query;
    private final EditionReader reader;
    private final Gates gates;
    private final Sealing sealing;

    RosterPages(Database database, Sealing sealing, BlindIndex index) {
        this.query = new Query(database);
        this.reader = new EditionReader(database, sealing);
        this.gates = new Gates(index);
        this.sealing = sealing;
    }

    List<Tenant> tenants() {
        return query.all(
                TENANTS,
                s -> {},
                row -> new Tenant(
                        new Name(row.getString(1)),
                        row.getShort(2) == EditionReader.ENABLED,
                        row.getBoolean(3),
                        row.getBoolean(4)));
    }

    List<Region> regions(Name tenant) {
        return query.all(
                REGIONS, s -> s.setString(1, tenant.value()), row -> new Region(tenant, new Name(row.getString(1))));
    }

    List<Hub> hubs(Name tenant) {
        return query.all(HUBS, s -> s.setString(1, tenant.value()), row -> hub(tenant, row));
    }

    /// Reads a row of [#HUBS].
    static Hub hub(Name tenant, ResultSet row) throws SQLException {
        return new Hub(
                tenant,
                new Name(row.getString(1)),
                new Name(row.getString(2)),
                HubEndpoint.parse(row.getString(3)).orElseThrow(),
                row.getInt(4),
                row.getShort(5) == EditionReader.ENABLED);
    }

    List<CertificateProfile> profiles(Name tenant) {
        Optional<Integer> number = number(tenant);
        return number.isEmpty()
                ? List.of()
                : query.all(
                        ProfileRows.NEWEST,
                        s -> {
                            s.setInt(1, number.get());
                            s.setInt(2, number.get());
                        },
                        row -> ProfileRows.open(sealing, tenant, row));
    }

    Optional<Enrollment> enrollment(Name tenant, Name name) {
        return number(tenant).flatMap(number -> read(tenant, number, name));
    }

    List<Enrollment> versions(Name tenant, Name name, int before, int limit) {
        Optional<Integer> number = number(tenant);
        return number.isEmpty()
                ? List.of()
                : query.all(
                        VERSIONS,
                        s -> {
                            s.setInt(1, number.get());
                            s.setString(2, gates.group(name));
                            s.setString(3, gates.individual(number.get(), name));
                            s.setInt(4, before);
                            s.setInt(5, limit);
                        },
                        row -> reader.open(
                                number.get(), tenant, row.getString(1), row.getInt(2), Octets.of(row.getBytes(3))));
    }

    List<Enrollment> groups(Name tenant) {
        Optional<Integer> number = number(tenant);
        return number.isEmpty()
                ? List.of()
                : query.all(
                        EditionReader.GROUPS_OF_TENANT,
                        s -> s.setInt(1, number.get()),
                        row -> reader.open(
                                number.get(), tenant, row.getString(1), row.getInt(2), Octets.of(row.getBytes(3))));
    }

    /// Groups in the order of their names, then individuals in the order of the keyed hashes of theirs.
    List<Enrollment> enrollments(Name tenant, Scope scope, Optional<Name> after, int limit) {
        Optional<Integer> number = number(tenant);
        if (number.isEmpty()) {
            return List.of();
        }
        String from = after.map(name -> cursor(number.get(), name)).orElse("");
        return query.all(
                PAGE,
                s -> {
                    s.setInt(1, number.get());
                    s.setString(2, from);
                    List<String> within = gates.of(number.get(), scope.enrollments());
                    Array only = within.isEmpty() ? null : s.getConnection().createArrayOf("text", within.toArray());
                    s.setArray(3, only);
                    s.setArray(4, only);
                    s.setInt(5, limit);
                },
                row -> reader.open(number.get(), tenant, row.getString(1), row.getInt(2), Octets.of(row.getBytes(3))));
    }

    private String cursor(int number, Name name) {
        boolean individual = query.one(
                        IS_INDIVIDUAL,
                        s -> {
                            s.setInt(1, number);
                            s.setString(2, gates.group(name));
                            s.setString(3, gates.individual(number, name));
                        },
                        row -> row.getShort(1) == 1)
                .orElse(false);
        return individual ? gates.individual(number, name) : gates.group(name);
    }

    private Optional<Integer> number(Name tenant) {
        return query.one(NUMBER, s -> s.setString(1, tenant.value()), row -> row.getInt(1));
    }

    private Optional<Enrollment> read(Name tenant, int number, Name name) {
        return query.one(
                ONE,
                s -> {
                    s.setInt(1, number);
                    s.setString(2, gates.group(name));
                    s.setString(3, gates.individual(number, name));
                },
                row -> reader.open(number, tenant, row.getString(1), row.getInt(2), Octets.of(row.getBytes(3))));
    }
}
