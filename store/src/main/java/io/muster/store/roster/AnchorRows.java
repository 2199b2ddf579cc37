package io.muster.store.roster;

import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.Tenant;
import io.muster.store.database.Query;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The rows of registered anchors. A tenant has at most [RegisteredAnchor#MAX], so that all are read at once.
final class AnchorRows {

    /// Of a tenant by its name: (tenant, name, version, sealed).
    static final String OF_TENANT = """
            SELECT a.tenant, a.name, a.version, a.sealed FROM tenant t JOIN anchor a ON a.tenant = t.tenant
            WHERE t.name = ? ORDER BY a.name COLLATE "C\"""";

    private static final String WRITE = """
            INSERT INTO anchor (tenant, version, name, sealed) VALUES (?, ?, ?, ?)
            ON CONFLICT (tenant, name) DO UPDATE SET version = excluded.version, sealed = excluded.sealed""";

    private final Sealing sealing;

    AnchorRows(Sealing sealing) {
        this.sealing = sealing;
    }

    List<RegisteredAnchor> all(Connection connection, Name tenant) throws SQLException {
        return Query.all(connection, OF_TENANT, s -> s.setString(1, tenant.value()), row -> open(tenant, row));
    }

    /// Opens a row of [#OF_TENANT].
    RegisteredAnchor open(Name tenant, ResultSet row) throws SQLException {
        int number = row.getInt(1);
        byte[] plain = sealing.ofTenant(number)
                .open(
                        AnchorForm.address(number, new Name(row.getString(2)), row.getInt(3)),
                        Octets.of(row.getBytes(4)));
        return AnchorForm.read(tenant, plain);
    }

    void write(Connection connection, int tenant, RegisteredAnchor anchor) throws SQLException {
        Octets sealed = sealing.ofTenant(tenant)
                .seal(AnchorForm.address(tenant, anchor.name(), anchor.version()), AnchorForm.write(anchor));
        Query.change(connection, WRITE, s -> {
            s.setInt(1, tenant);
            s.setInt(2, anchor.version());
            s.setString(3, anchor.name().value());
            s.setBytes(4, sealed.raw());
        });
    }

    static void delete(Connection connection, int tenant, Name name) throws SQLException {
        Query.change(connection, "DELETE FROM anchor WHERE tenant = ? AND name = ?", s -> {
            s.setInt(1, tenant);
            s.setString(2, name.value());
        });
    }

    /// An enrollment that trusts this certificate in its present version.
    Optional<Enrollment> needing(Connection connection, int number, RegisteredAnchor anchor) throws SQLException {
        return EditionReader.groups(connection, sealing, number, anchor.tenant()).stream()
                .filter(group -> trusted(group).stream().anyMatch(it -> it.fingerprint()
                        .equals(anchor.certificate().fingerprint())))
                .findFirst();
    }

    /// What of the authorities that an enrollment would come to trust is no verified anchor, where its tenant insists.
    /// What it trusts already stays: a change of something else is never in the way. Makers of chips are not the
    /// tenant's own authorities, and nobody can prove to hold their keys.
    Optional<String> unverified(Connection connection, Enrollment next, Optional<Enrollment> present)
            throws SQLException {
        if (!(next.proof() instanceof Proof.Authorities(List<Anchor> wanted)) || !insists(connection, next.tenant())) {
            return Optional.empty();
        }
        Set<String> known = all(connection, next.tenant()).stream()
                .filter(RegisteredAnchor::isVerified)
                .map(anchor -> anchor.certificate().fingerprint())
                .collect(Collectors.toSet());
        present.ifPresent(enrollment -> trusted(enrollment).forEach(it -> known.add(it.fingerprint())));
        return wanted.stream()
                .filter(it -> !known.contains(it.fingerprint()))
                .findFirst()
                .map(it -> "verified anchor for " + it.subject() + " (SHA-256 " + it.fingerprint() + ")");
    }

    private static boolean insists(Connection connection, Name tenant) throws SQLException {
        return RosterRows.present(connection, tenant)
                .filter(Tenant::verifiedAnchors)
                .isPresent();
    }

    private static List<Anchor> trusted(Enrollment enrollment) {
        return switch (enrollment.proof()) {
            case Proof.Authorities(List<Anchor> anchors) -> anchors;
            case Proof.TpmManufacturers makers -> makers.anchors();
            case Proof.Pinned _, Proof.SymmetricKeys _, Proof.OneTimeTokens _, Proof.Claims _, Proof.TpmPinned _ ->
                List.of();
        };
    }
}
