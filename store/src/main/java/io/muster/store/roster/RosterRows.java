package io.muster.store.roster;

import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.Region;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Tenant;
import io.muster.store.database.Query;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/// The rows of tenants, hubs and enrollments, within an operator's change.
final class RosterRows {

    private final Sealing sealing;
    private final BlindIndex index;
    private final Gates gates;
    private final InstantSource clock;

    RosterRows(Sealing sealing, BlindIndex index, InstantSource clock) {
        this.sealing = sealing;
        this.index = index;
        this.gates = new Gates(index);
        this.clock = clock;
    }

    static long nextEdition(Connection connection) throws SQLException {
        return Query.all(
                        connection,
                        "UPDATE roster_change SET counter = counter + 1 WHERE one = 1 RETURNING counter",
                        s -> {},
                        row -> row.getLong(1))
                .getFirst();
    }

    static OptionalInt tenant(Connection connection, Name name) throws SQLException {
        return number(connection, "SELECT tenant FROM tenant WHERE name = ?", s -> s.setString(1, name.value()));
    }

    int insert(Connection connection, Tenant tenant, long edition) throws SQLException {
        String sql = "INSERT INTO tenant"
                + " (epoch, individuals_epoch, created_at, state, audit_reads, verified_anchors, name)"
                + " VALUES (?, 0, ?, ?, ?, ?, ?) RETURNING tenant";
        return number(connection, sql, s -> {
                    s.setLong(1, edition);
                    s.setLong(2, clock.millis());
                    s.setShort(3, state(tenant.enabled()));
                    s.setBoolean(4, tenant.auditReads());
                    s.setBoolean(5, tenant.verifiedAnchors());
                    s.setString(6, tenant.name().value());
                })
                .orElseThrow();
    }

    static void update(Connection connection, Tenant changed, long edition) throws SQLException {
        String sql = "UPDATE tenant SET epoch = ?, state = ?, audit_reads = ?, verified_anchors = ? WHERE name = ?";
        Query.change(connection, sql, s -> {
            s.setLong(1, edition);
            s.setShort(2, state(changed.enabled()));
            s.setBoolean(3, changed.auditReads());
            s.setBoolean(4, changed.verifiedAnchors());
            s.setString(5, changed.name().value());
        });
    }

    static Optional<Tenant> present(Connection connection, Name name) throws SQLException {
        return Query.all(
                        connection,
                        "SELECT state, audit_reads, verified_anchors FROM tenant WHERE name = ?",
                        s -> s.setString(1, name.value()),
                        row -> new Tenant(
                                name, row.getShort(1) == EditionReader.ENABLED, row.getBoolean(2), row.getBoolean(3)))
                .stream()
                .findFirst();
    }

    static void touchTenant(Connection connection, int tenant, long edition) throws SQLException {
        Query.change(connection, "UPDATE tenant SET epoch = ? WHERE tenant = ?", s -> {
            s.setLong(1, edition);
            s.setInt(2, tenant);
        });
    }

    static boolean hub(Connection connection, int tenant, Name name) throws SQLException {
        String sql = "SELECT 1 FROM hub WHERE tenant = ? AND name = ?";
        return number(connection, sql, s -> {
                    s.setInt(1, tenant);
                    s.setString(2, name.value());
                })
                .isPresent();
    }

    static void insert(Connection connection, int tenant, Hub hub) throws SQLException {
        insert(connection, tenant, new Region(hub.tenant(), hub.region()));
        String sql = "INSERT INTO hub (tenant, name, region, endpoint, weight, version, state)"
                + " VALUES (?, ?, ?, ?, ?, 1, ?)";
        Query.change(connection, sql, s -> {
            s.setInt(1, tenant);
            s.setString(2, hub.name().value());
            s.setString(3, hub.region().value());
            s.setString(4, hub.endpoint().uri());
            s.setInt(5, hub.weight());
            s.setShort(6, state(hub.enabled()));
        });
    }

    /// False where it was there before.
    static boolean insert(Connection connection, int tenant, Region region) throws SQLException {
        String sql = "INSERT INTO region (tenant, name) VALUES (?, ?) ON CONFLICT DO NOTHING";
        return Query.change(connection, sql, s -> {
                    s.setInt(1, tenant);
                    s.setString(2, region.name().value());
                })
                == 1;
    }

    /// The hub that has the name of this one.
    static Optional<Hub> present(Connection connection, Hub named) throws SQLException {
        return Query.all(
                        connection,
                        RosterPages.HUBS,
                        s -> s.setString(1, named.tenant().value()),
                        row -> RosterPages.hub(named.tenant(), row))
                .stream()
                .filter(it -> it.name().equals(named.name()))
                .findFirst();
    }

    static void update(Connection connection, int tenant, Hub changed) throws SQLException {
        String sql = "UPDATE hub SET weight = ?, state = ?, version = version + 1 WHERE tenant = ? AND name = ?";
        Query.change(connection, sql, s -> {
            s.setInt(1, changed.weight());
            s.setShort(2, state(changed.enabled()));
            s.setInt(3, tenant);
            s.setString(4, changed.name().value());
        });
    }

    static int groups(Connection connection, int tenant) throws SQLException {
        String sql = "SELECT count(*)::int FROM gate WHERE tenant = ? AND NOT individual";
        return number(connection, sql, s -> s.setInt(1, tenant)).orElse(0);
    }

    /// The present version of an enrollment, group or individual: they share one name space.
    OptionalInt version(Connection connection, int tenant, Name name) throws SQLException {
        String sql = "SELECT version FROM gate WHERE tenant = ? AND enrollment IN (?, ?)";
        return number(connection, sql, s -> {
            s.setInt(1, tenant);
            s.setString(2, gates.group(name));
            s.setString(3, gates.individual(tenant, name));
        });
    }

    /// The present version of the enrollment that has the name of this one.
    Optional<Enrollment> present(Connection connection, int tenant, Enrollment named) throws SQLException {
        return Query.all(
                        connection,
                        RosterPages.ONE,
                        s -> {
                            s.setInt(1, tenant);
                            s.setString(2, gates.group(named.name()));
                            s.setString(3, gates.individual(tenant, named.name()));
                        },
                        row -> EditionReader.open(
                                sealing,
                                tenant,
                                named.tenant(),
                                row.getString(1),
                                row.getInt(2),
                                Octets.of(row.getBytes(3))))
                .stream()
                .findFirst();
    }

    /// False where the registration id has an individual enrollment already.
    boolean insert(Connection connection, int tenant, Enrollment enrollment, long edition) throws SQLException {
        String id = id(tenant, enrollment);
        if (enrollment.individual().isPresent()
                && !enlist(connection, tenant, enrollment.individual().get(), id, edition)) {
            return false;
        }
        String sql = "INSERT INTO gate (epoch, tenant, version, enabled, individual, enrollment)"
                + " VALUES (?, ?, ?, ?, ?, ?)";
        Query.change(connection, sql, s -> {
            s.setLong(1, edition);
            s.setInt(2, tenant);
            s.setInt(3, enrollment.version());
            s.setBoolean(4, enrollment.enabled());
            s.setBoolean(5, enrollment.individual().isPresent());
            s.setString(6, id);
        });
        insertBody(connection, tenant, id, enrollment);
        return true;
    }

    void update(Connection connection, int tenant, Enrollment changed, long edition) throws SQLException {
        String id = id(tenant, changed);
        String sql = "UPDATE gate SET epoch = ?, version = ?, enabled = ? WHERE tenant = ? AND enrollment = ?";
        int updated = Query.change(connection, sql, s -> {
            s.setLong(1, edition);
            s.setInt(2, changed.version());
            s.setBoolean(3, changed.enabled());
            s.setInt(4, tenant);
            s.setString(5, id);
        });
        if (updated != 1) {
            throw new IllegalStateException("an enrollment changed from group to individual, or back");
        }
        insertBody(connection, tenant, id, changed);
    }

    /// The version at which enrollments of this name ended so far, groups or individuals; 0 where there was none.
    int lastVersion(Connection connection, int tenant, Name name) throws SQLException {
        String sql = "SELECT coalesce(max(version), 0) FROM enrollment WHERE tenant = ? AND id IN (?, ?)";
        return number(connection, sql, s -> {
                    s.setInt(1, tenant);
                    s.setString(2, gates.group(name));
                    s.setString(3, gates.individual(tenant, name));
                })
                .orElseThrow();
    }

    /// Its versions stay. Whatever was decided by it finds no gate any more when it is to be committed.
    void delete(Connection connection, int tenant, Enrollment present) throws SQLException {
        if (present.individual().isPresent()) {
            delist(connection, tenant, present.individual().get());
        }
        Query.change(connection, "DELETE FROM gate WHERE tenant = ? AND enrollment = ?", s -> {
            s.setInt(1, tenant);
            s.setString(2, id(tenant, present));
        });
    }

    private void delist(Connection connection, int tenant, RegistrationId name) throws SQLException {
        Indexed indexed = index.index(tenant, Kind.NAME, name.canonical().getBytes(StandardCharsets.UTF_8));
        Query.change(connection, "DELETE FROM roster WHERE slot = ? AND tenant = ? AND name_bi = ?", s -> {
            s.setShort(1, indexed.slot());
            s.setInt(2, tenant);
            s.setBytes(3, indexed.bi().raw());
        });
    }

    private boolean enlist(Connection connection, int tenant, RegistrationId name, String id, long edition)
            throws SQLException {
        Indexed indexed = index.index(tenant, Kind.NAME, name.canonical().getBytes(StandardCharsets.UTF_8));
        String sql = "INSERT INTO roster (slot, tenant, name_bi, enrollment) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING";
        int inserted = Query.change(connection, sql, s -> {
            s.setShort(1, indexed.slot());
            s.setInt(2, tenant);
            s.setBytes(3, indexed.bi().raw());
            s.setString(4, id);
        });
        Query.change(connection, "UPDATE tenant SET individuals_epoch = ? WHERE tenant = ?", s -> {
            s.setLong(1, edition);
            s.setInt(2, tenant);
        });
        return inserted == 1;
    }

    private void insertBody(Connection connection, int tenant, String id, Enrollment enrollment) throws SQLException {
        Octets sealed = sealing.ofTenant(tenant)
                .seal(EditionReader.address(tenant, id, enrollment.version()), EnrollmentForm.write(enrollment));
        String sql =
                "INSERT INTO enrollment (tenant, id, version, kind, created_at, sealed)" + " VALUES (?, ?, ?, ?, ?, ?)";
        Query.change(connection, sql, s -> {
            s.setInt(1, tenant);
            s.setString(2, id);
            s.setInt(3, enrollment.version());
            s.setShort(4, (short) (enrollment.individual().isPresent() ? 1 : 0));
            s.setLong(5, clock.millis());
            s.setBytes(6, sealed.raw());
        });
    }

    private String id(int tenant, Enrollment enrollment) {
        return enrollment.individual().isPresent()
                ? gates.individual(tenant, enrollment.name())
                : gates.group(enrollment.name());
    }

    private static short state(boolean enabled) {
        return enabled ? EditionReader.ENABLED : EditionReader.DISABLED;
    }

    private static OptionalInt number(Connection connection, String sql, Query.Binder binder) throws SQLException {
        return Query.all(connection, sql, binder, row -> row.getInt(1)).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }
}
