package io.muster.store.roster;

import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.ProvisioningTemplate;
import io.muster.store.database.Query;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The rows of policies with a name. Names lie open, documents under the tenant's seal.
final class PolicyRows {

    /// Of a tenant by its name: (tenant, name, version, sealed).
    static final String OF_TENANT = """
            SELECT p.tenant, p.name, p.version, p.sealed FROM tenant t JOIN named_policy p ON p.tenant = t.tenant
            WHERE t.name = ? ORDER BY p.name COLLATE "C\"""";

    private static final String WRITE = """
            INSERT INTO named_policy (tenant, version, name, sealed) VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant, name) DO UPDATE SET version = excluded.version, sealed = excluded.sealed""";

    private static final String MISSING = """
            SELECT u.name FROM unnest(?::text[]) AS u(name)
            WHERE NOT EXISTS (SELECT 1 FROM named_policy p WHERE p.tenant = ? AND p.name = u.name COLLATE "C")
            ORDER BY u.name COLLATE "C" LIMIT 1""";

    private static final int FORM = 1;

    private final Sealing sealing;

    PolicyRows(Sealing sealing) {
        this.sealing = sealing;
    }

    List<NamedPolicy> all(Connection connection, Name tenant) throws SQLException {
        return Query.all(connection, OF_TENANT, s -> s.setString(1, tenant.value()), row -> open(tenant, row));
    }

    /// Opens a row of [#OF_TENANT].
    NamedPolicy open(Name tenant, ResultSet row) throws SQLException {
        int number = row.getInt(1);
        PolicyName name = new PolicyName(row.getString(2));
        int version = row.getInt(3);
        byte[] plain = sealing.ofTenant(number).open(address(number, name, version), Octets.of(row.getBytes(4)));
        return new NamedPolicy(tenant, name, version, new Json(new Unpacker(FORM, plain).text()));
    }

    void write(Connection connection, int tenant, NamedPolicy policy) throws SQLException {
        Octets sealed = sealing.ofTenant(tenant).seal(address(tenant, policy.name(), policy.version()), bytes(policy));
        Query.change(connection, WRITE, s -> {
            s.setInt(1, tenant);
            s.setInt(2, policy.version());
            s.setString(3, policy.name().value());
            s.setBytes(4, sealed.raw());
        });
    }

    static byte[] bytes(NamedPolicy policy) {
        return new Packer(FORM).text(policy.document().text()).bytes();
    }

    static void delete(Connection connection, int tenant, PolicyName name) throws SQLException {
        Query.change(connection, "DELETE FROM named_policy WHERE tenant = ? AND name = ?", s -> {
            s.setInt(1, tenant);
            s.setString(2, name.value());
        });
    }

    /// The first policy that an enrollment's template names and the tenant has not.
    static Optional<String> missing(Connection connection, int tenant, Enrollment enrollment) throws SQLException {
        Optional<ProvisioningTemplate> template = enrollment.treatment().template();
        if (template.filter(it -> !it.policies().isEmpty()).isEmpty()) {
            return Optional.empty();
        }
        Object[] names =
                template.get().policies().stream().map(PolicyName::value).toArray();
        return Query.all(
                        connection,
                        MISSING,
                        s -> {
                            s.setArray(1, connection.createArrayOf("text", names));
                            s.setInt(2, tenant);
                        },
                        row -> row.getString(1))
                .stream()
                .findFirst();
    }

    /// The enrollments whose newest templates name a policy.
    List<Name> naming(Connection connection, int tenant, NamedPolicy policy) throws SQLException {
        return EditionReader.groups(connection, sealing, tenant, policy.tenant()).stream()
                .filter(group -> group.treatment()
                        .template()
                        .filter(it -> it.policies().contains(policy.name()))
                        .isPresent())
                .map(Enrollment::name)
                .toList();
    }

    private static Address address(int tenant, PolicyName name, int version) {
        return Address.of(Table.POLICY, tenant, Octets.of(name.value().getBytes(StandardCharsets.UTF_8)), version);
    }
}
