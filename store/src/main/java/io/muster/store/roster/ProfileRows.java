package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.core.roster.CertificateProfile;
import io.muster.store.database.Query;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/// The rows of certificate profiles.
final class ProfileRows {

    /// The newest version of each, of a tenant or of all: (tenant, name, version, sealed).
    static final String NEWEST = """
            SELECT DISTINCT ON (p.tenant, p.name) p.tenant, p.name, p.version, p.sealed FROM certificate_profile p
            WHERE ?::int IS NULL OR p.tenant = ?
            ORDER BY p.tenant, p.name, p.version DESC""";

    private static final String VERSION = "SELECT max(version) FROM certificate_profile WHERE tenant = ? AND name = ?"
            + " HAVING max(version) IS NOT NULL";

    private static final String INSERT =
            "INSERT INTO certificate_profile (created_at, tenant, version, name, sealed) VALUES (?, ?, ?, ?, ?)";

    private final Sealing sealing;
    private final InstantSource clock;

    ProfileRows(Sealing sealing, InstantSource clock) {
        this.sealing = sealing;
        this.clock = clock;
    }

    /// The present version; empty where there is none of that name.
    static OptionalInt version(Connection connection, int tenant, Name name) throws SQLException {
        return Query.all(
                        connection,
                        VERSION,
                        s -> {
                            s.setInt(1, tenant);
                            s.setString(2, name.value());
                        },
                        row -> row.getInt(1))
                .stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /// The newest version of the profile that has the name of this one.
    Optional<CertificateProfile> newest(Connection connection, int tenant, CertificateProfile named)
            throws SQLException {
        return Query.all(
                        connection,
                        NEWEST,
                        s -> {
                            s.setInt(1, tenant);
                            s.setInt(2, tenant);
                        },
                        row -> open(sealing, named.tenant(), row))
                .stream()
                .filter(it -> it.name().equals(named.name()))
                .findFirst();
    }

    void insert(Connection connection, int tenant, CertificateProfile profile) throws SQLException {
        Octets sealed = sealing.ofTenant(tenant)
                .seal(ProfileForm.address(tenant, profile.name(), profile.version()), ProfileForm.write(profile));
        Query.change(connection, INSERT, s -> {
            s.setLong(1, clock.millis());
            s.setInt(2, tenant);
            s.setInt(3, profile.version());
            s.setString(4, profile.name().value());
            s.setBytes(5, sealed.raw());
        });
    }

    /// Opens a row of [#NEWEST].
    static CertificateProfile open(Sealing sealing, Name tenant, ResultSet row) throws SQLException {
        int number = row.getInt(1);
        byte[] plain = sealing.ofTenant(number)
                .open(
                        ProfileForm.address(number, new Name(row.getString(2)), row.getInt(3)),
                        Octets.of(row.getBytes(4)));
        return ProfileForm.read(tenant, plain);
    }
}
