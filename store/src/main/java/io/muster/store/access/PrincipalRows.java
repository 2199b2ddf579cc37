package io.muster.store.access;

import io.muster.core.access.AccessKey;
import io.muster.core.access.KeyId;
import io.muster.core.access.ProvedBy;
import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.access.SharedAccessSignature;
import io.muster.core.device.Name;
import io.muster.store.pack.Packer;
import io.muster.store.pack.Unpacker;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Rows of table `principal`: what decides lies open, names are sealed.
final class PrincipalRows {

    /// The columns that [#read] wants, of `principal p` and `tenant t`, in its order.
    static final String COLUMNS = "p.principal_id, p.tenant, t.name, p.kind, p.role, p.state, p.version, p.created_at,"
            + " p.expires_at, p.last_used, p.overlap_until, p.verifier, p.previous, p.sealed";

    /// The number of what belongs to no tenant.
    static final int INSTALLATION = 0;

    static final short LIVE = 0;
    static final short REVOKED = 1;

    private static final int FORM = 1;
    private static final String SIGNATURE = "HmacSHA256";

    /// A row, opened.
    ///
    /// @param tenant   its number
    /// @param verifier SHA-256 of the text, the fingerprint of the key or certificate, or the key of a policy,
    ///     sealed
    /// @param previous the verifier before the last rotation
    record Row(
            int tenant,
            AccessKey key,
            Octets verifier,
            @Nullable Octets previous) {}

    private final Sealing sealing;

    PrincipalRows(Sealing sealing) {
        this.sealing = sealing;
    }

    static short kind(ProvedBy provedBy) {
        return switch (provedBy) {
            case ProvedBy.ApiKey() -> 0;
            case ProvedBy.ClientKey ignored -> 1;
            case ProvedBy.ClientCertificate ignored -> 2;
            case ProvedBy.SharedAccess() -> 3;
        };
    }

    /// The numbers are those of the table and never change.
    static short role(Role role) {
        return switch (role) {
            case OWNER -> 1;
            case OPERATOR -> 2;
            case PROVISIONER -> 3;
            case AUDITOR -> 4;
            case VIEWER -> 5;
        };
    }

    Octets seal(int tenant, KeyId id, String name, Scope scope, String madeBy) {
        byte[] body = new Packer(FORM)
                .text(name)
                .text(madeBy)
                .list(sorted(scope.enrollments()), (to, it) -> to.text(it.value()))
                .list(sorted(scope.regions()), (to, it) -> to.text(it.value()))
                .bytes();
        return sealing.ofTenant(tenant).seal(address(tenant, id), body);
    }

    /// The key of a shared access policy, for its row: it must be at hand to check a signature.
    Octets sealKey(int tenant, KeyId id, byte[] key) {
        return sealing.ofTenant(tenant).seal(keyAddress(tenant, id), key);
    }

    /// Whether a signature was made with the key of this policy, or with the one before while they overlap.
    boolean madeWith(Row row, SharedAccessSignature signature, Instant now) {
        Octets previous = row.previous();
        boolean overlaps = row.key().overlapUntil().filter(now::isBefore).isPresent();
        boolean byOld = previous != null && overlaps && madeWith(openKey(row, previous), signature);
        return madeWith(openKey(row, row.verifier()), signature) || byOld;
    }

    /// Compares in constant time.
    private static boolean madeWith(byte[] key, SharedAccessSignature signature) {
        try {
            Mac mac = Mac.getInstance(SIGNATURE);
            mac.init(new SecretKeySpec(key, SIGNATURE));
            byte[] made = mac.doFinal(signature.signed().getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(made, signature.signature().toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    private byte[] openKey(Row row, Octets sealed) {
        return sealing.ofTenant(row.tenant())
                .open(keyAddress(row.tenant(), row.key().id()), sealed);
    }

    Row read(ResultSet row) throws SQLException {
        KeyId id = new KeyId(row.getString(1));
        int tenant = row.getInt(2);
        Optional<Name> name = Optional.ofNullable(row.getString(3)).map(Name::new);
        Octets verifier = Octets.of(row.getBytes(12));
        byte[] previous = row.getBytes(13);
        Unpacker in =
                new Unpacker(FORM, sealing.ofTenant(tenant).open(address(tenant, id), Octets.of(row.getBytes(14))));
        String called = in.text();
        String madeBy = in.text();
        Scope scope = new Scope(
                name, Set.copyOf(in.list(it -> new Name(it.text()))), Set.copyOf(in.list(it -> new Name(it.text()))));
        AccessKey key = new AccessKey(
                id,
                called,
                provedBy(row.getShort(4), verifier),
                role(row.getShort(5)),
                scope,
                madeBy,
                Instant.ofEpochMilli(row.getLong(8)),
                moment(row, 9),
                moment(row, 10),
                moment(row, 11),
                row.getShort(6) == REVOKED,
                row.getInt(7));
        return new Row(tenant, key, verifier, previous == null ? null : Octets.of(previous));
    }

    /// What a key is, in words without secrets: the canonical form for the audit's digests.
    static String words(AccessKey key) {
        String scope = key.scope().tenant().map(Name::value).orElse("installation")
                + narrowed(" enrollments ", key.scope().enrollments())
                + narrowed(" regions ", key.scope().regions());
        String proof =
                switch (key.provedBy()) {
                    case ProvedBy.ApiKey() -> "API key";
                    case ProvedBy.ClientKey(String fingerprint) -> "client key " + fingerprint;
                    case ProvedBy.ClientCertificate(String fingerprint) -> "client certificate " + fingerprint;
                    case ProvedBy.SharedAccess() -> "shared access policy";
                };
        return "version " + key.version() + ", " + key.role() + " in " + scope + ", by " + proof + ", expires "
                + key.expiresAt().map(Instant::toString).orElse("never") + (key.revoked() ? ", revoked" : "");
    }

    private static String narrowed(String what, Set<Name> names) {
        return names.isEmpty() ? "" : what + sorted(names);
    }

    private static Optional<Instant> moment(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static ProvedBy provedBy(short kind, Octets verifier) {
        String fingerprint = HexFormat.of().formatHex(verifier.raw());
        return switch (kind) {
            case 0 -> new ProvedBy.ApiKey();
            case 1 -> new ProvedBy.ClientKey(fingerprint);
            case 2 -> new ProvedBy.ClientCertificate(fingerprint);
            case 3 -> new ProvedBy.SharedAccess();
            default -> throw new IllegalStateException("table principal has a kind " + kind);
        };
    }

    private static Role role(short number) {
        for (Role role : Role.values()) {
            if (role(role) == number) {
                return role;
            }
        }
        throw new IllegalStateException("table principal has a role " + number);
    }

    private static List<Name> sorted(Set<Name> names) {
        return names.stream().sorted().toList();
    }

    private static Address keyAddress(int tenant, KeyId id) {
        return Address.of(Table.PRINCIPAL_KEY, tenant, Octets.of(id.value().getBytes(StandardCharsets.US_ASCII)));
    }

    private static Address address(int tenant, KeyId id) {
        return Address.of(Table.PRINCIPAL, tenant, Octets.of(id.value().getBytes(StandardCharsets.US_ASCII)));
    }
}
