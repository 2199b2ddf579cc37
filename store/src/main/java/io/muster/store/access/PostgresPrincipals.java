package io.muster.store.access;

import io.muster.core.access.AccessKey;
import io.muster.core.access.KeyId;
import io.muster.core.access.KeyText;
import io.muster.core.access.Principals;
import io.muster.core.access.ProvedBy;
import io.muster.core.access.SharedAccessSignature;
import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.ledger.Audit.Kind;
import io.muster.store.access.PrincipalRows.Row;
import io.muster.store.audit.Digests;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.Journal;
import io.muster.store.lane.Lane;
import io.muster.store.roster.Audit;
import io.muster.store.roster.Audit.Deed;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Keys of the desk. The database knows a key's text by its hash, and holds the key of a shared access policy
/// sealed; changes run in the lane, one after the other.
public final class PostgresPrincipals implements Principals {

    /// How long a key stays after its end.
    private static final Duration KEPT = Duration.ofDays(90);

    private static final int ID_BYTES = 10;

    private static final String FROM =
            "SELECT " + PrincipalRows.COLUMNS + " FROM principal p LEFT JOIN tenant t ON t.tenant = p.tenant";
    private static final String ONE = FROM + " WHERE p.principal_id = ?";
    private static final String OF_CERTIFICATE = FROM + """

            WHERE (p.kind = 1 AND p.verifier = ?) OR (p.kind = 2 AND p.verifier = ?)
              OR (p.kind = 1 AND p.previous = ? AND p.overlap_until > ?)
              OR (p.kind = 2 AND p.previous = ? AND p.overlap_until > ?)
            ORDER BY p.state, p.created_at DESC LIMIT 1""";
    private static final String OF_POLICY =
            FROM + " WHERE p.tenant = ? AND p.name_bi = ? ORDER BY p.state, p.created_at DESC LIMIT 1";
    private static final String NAMED =
            "SELECT count(*)::int FROM principal WHERE tenant = ? AND name_bi = ? AND state = 0";
    private static final String TENANTS = "SELECT tenant FROM tenant LIMIT 2";
    private static final String PAGE = FROM + """

            WHERE p.tenant = ? AND p.principal_id > ? COLLATE "C" ORDER BY p.principal_id COLLATE "C" LIMIT ?""";
    private static final String NUMBER = "SELECT tenant FROM tenant WHERE name = ?";
    private static final String USED =
            "UPDATE principal SET last_used = ? WHERE principal_id = ? AND coalesce(last_used, 0) <= ?";
    private static final String FORGET =
            "DELETE FROM principal WHERE tenant = ? AND coalesce(ended_at, expires_at) < ?";
    private static final String COUNT = "SELECT count(*)::int FROM principal WHERE tenant = ? AND state = 0"
            + " AND (expires_at IS NULL OR expires_at > ?)";
    private static final String TAKEN = "SELECT count(*)::int FROM principal WHERE kind = ? AND state = 0"
            + " AND (verifier = ? OR previous = ?) AND principal_id <> ?";
    private static final String INSERT = """
            INSERT INTO principal (created_at, expires_at, tenant, version, kind, role, state, principal_id, verifier,
                                   sealed, name_bi)
            VALUES (?, ?, ?, 1, ?, ?, 0, ?, ?, ?, ?)""";
    private static final String ROTATE = """
            UPDATE principal SET version = version + 1, previous = verifier, verifier = ?, overlap_until = ?,
                                 expires_at = ?
            WHERE principal_id = ?""";
    private static final String REVOKE = """
            UPDATE principal SET version = version + 1, state = 1, ended_at = ?, previous = NULL, overlap_until = NULL
            WHERE principal_id = ?""";

    private final Database database;
    private final Query query;
    private final Lane lane;
    private final Sealing sealing;
    private final BlindIndex index;
    private final PrincipalRows rows;
    private final Audit audit;
    private final InstantSource clock;

    public PostgresPrincipals(Database database, Lane lane, Sealing sealing, BlindIndex index, InstantSource clock) {
        this.database = database;
        this.query = new Query(database);
        this.lane = lane;
        this.sealing = sealing;
        this.index = index;
        this.rows = new PrincipalRows(sealing);
        this.audit = new Audit(sealing, index, clock);
        this.clock = clock;
    }

    @Override
    public Optional<AccessKey> byText(KeyText text, Instant now) {
        byte[] verifier = text.verifier().toArray();
        return query.one(ONE, s -> s.setString(1, text.id().value()), rows::read)
                .filter(row -> row.key().provedBy() instanceof ProvedBy.ApiKey)
                .filter(row -> matches(row, verifier, now))
                .map(Row::key);
    }

    private static boolean matches(Row row, byte[] verifier, Instant now) {
        Octets previous = row.previous();
        boolean overlaps = row.key().overlapUntil().filter(now::isBefore).isPresent();
        boolean byOld = previous != null && overlaps && MessageDigest.isEqual(previous.raw(), verifier);
        return MessageDigest.isEqual(row.verifier().raw(), verifier) || byOld;
    }

    @Override
    public Optional<AccessKey> byCertificate(String keyFingerprint, String certificateFingerprint, Instant now) {
        byte[] key = HexFormat.of().parseHex(keyFingerprint);
        byte[] certificate = HexFormat.of().parseHex(certificateFingerprint);
        return query.one(
                        OF_CERTIFICATE,
                        s -> {
                            s.setBytes(1, key);
                            s.setBytes(2, certificate);
                            s.setBytes(3, key);
                            s.setLong(4, now.toEpochMilli());
                            s.setBytes(5, certificate);
                            s.setLong(6, now.toEpochMilli());
                        },
                        rows::read)
                .map(Row::key);
    }

    @Override
    public Optional<AccessKey> bySignature(SharedAccessSignature signature, Instant now) {
        return tenantOf(signature)
                .flatMap(number -> query.one(
                        OF_POLICY,
                        s -> {
                            s.setInt(1, number);
                            s.setBytes(2, policyIndex(number, signature.policy()));
                        },
                        rows::read))
                .filter(row -> rows.madeWith(row, signature, now))
                .map(Row::key);
    }

    private Optional<Integer> tenantOf(SharedAccessSignature signature) {
        if (signature.tenant().isPresent()) {
            return query.one(
                    NUMBER, s -> s.setString(1, signature.tenant().get().value()), row -> row.getInt(1));
        }
        List<Integer> all = query.all(TENANTS, s -> {}, row -> row.getInt(1));
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private byte[] policyIndex(int tenant, String name) {
        byte[] value = ("policy:" + name).getBytes(StandardCharsets.UTF_8);
        return index.index(tenant, BlindIndex.Kind.OBJECT, value).bi().raw();
    }

    @Override
    public Optional<AccessKey> find(Optional<Name> tenant, KeyId id) {
        return query.one(ONE, s -> s.setString(1, id.value()), rows::read)
                .map(Row::key)
                .filter(key -> key.scope().tenant().equals(tenant));
    }

    @Override
    public List<AccessKey> list(Optional<Name> tenant, Optional<KeyId> after, int limit) {
        Optional<Integer> number = tenant.isEmpty()
                ? Optional.of(PrincipalRows.INSTALLATION)
                : query.one(NUMBER, s -> s.setString(1, tenant.get().value()), row -> row.getInt(1));
        return number.isEmpty()
                ? List.of()
                : query
                        .all(
                                PAGE,
                                s -> {
                                    s.setInt(1, number.get());
                                    s.setString(2, after.map(KeyId::value).orElse(""));
                                    s.setInt(3, limit);
                                },
                                rows::read)
                        .stream()
                        .map(Row::key)
                        .toList();
    }

    @Override
    public Answer make(Order order, Warrant warrant) {
        KeyId id = new KeyId(digits(sealing.chance(ID_BYTES), KeyId.LENGTH));
        Instant now = now();
        return lane.change(
                (connection, journal) -> {
                    Optional<Integer> number = number(connection, order.scope().tenant());
                    if (number.isEmpty()) {
                        return new Answer.Missing("tenant "
                                + order.scope().tenant().map(Name::value).orElse(""));
                    }
                    forget(connection, number.get(), now);
                    if (count(connection, number.get(), now) >= MOST) {
                        return new Answer.Full(MOST);
                    }
                    Fresh fresh = fresh(number.get(), id, order.provedBy());
                    if (taken(connection, order.provedBy(), fresh.verifier(), id)
                            || named(connection, number.get(), order)) {
                        return new Answer.Taken();
                    }
                    insert(connection, number.get(), id, order, fresh.verifier(), now, warrant);
                    AccessKey made = read(connection, id).key();
                    Digests digests = Digests.born(PrincipalRows.words(made));
                    write(journal, number.get(), Kind.KEY_CREATED, made, digests, warrant);
                    return done(made, fresh.shown(), warrant);
                },
                warrant);
    }

    @Override
    public Answer rotate(AccessKey present, Rotation rotation, Warrant warrant) {
        return changed(present, warrant, Kind.KEY_ROTATED, (connection, tenant) -> {
            Fresh fresh = fresh(tenant, present.id(), rotation.provedBy());
            if (taken(connection, rotation.provedBy(), fresh.verifier(), present.id())) {
                return new Changed(Optional.of(new Answer.Taken()), Optional.empty());
            }
            Query.change(connection, ROTATE, s -> {
                s.setBytes(1, fresh.verifier().raw());
                s.setLong(2, rotation.overlapUntil().toEpochMilli());
                bind(s, 3, rotation.expiresAt());
                s.setString(4, present.id().value());
            });
            return new Changed(Optional.empty(), fresh.shown());
        });
    }

    @Override
    public Answer revoke(AccessKey present, Warrant warrant) {
        if (present.revoked()) {
            return new Answer.Done(present, Optional.empty());
        }
        return changed(present, warrant, Kind.KEY_REVOKED, (connection, _) -> {
            Query.change(connection, REVOKE, s -> {
                s.setLong(1, now().toEpochMilli());
                s.setString(2, present.id().value());
            });
            return new Changed(Optional.empty(), Optional.empty());
        });
    }

    @Override
    public void used(KeyId id, Instant at) {
        database.transact(connection -> Query.change(connection, USED, s -> {
            s.setLong(1, at.toEpochMilli());
            s.setString(2, id.value());
            s.setLong(3, at.minus(AccessKey.USE_INTERVAL).toEpochMilli());
        }));
    }

    /// What came of a change: an answer where it cannot be, and the secret that is shown where there is one.
    private record Changed(Optional<Answer> refused, Optional<Secret> shown) {}

    /// What happens to a key that is as it was read.
    @FunctionalInterface
    private interface Change {
        Changed run(Connection connection, int tenant) throws SQLException;
    }

    private Answer changed(AccessKey present, Warrant warrant, Kind kind, Change change) {
        return lane.change(
                (connection, journal) -> {
                    Optional<Row> before =
                            Query.all(
                                            connection,
                                            ONE,
                                            s -> s.setString(1, present.id().value()),
                                            rows::read)
                                    .stream()
                                    .findFirst();
                    if (before.isEmpty()) {
                        return new Answer.Missing("key " + present.id());
                    }
                    if (before.get().key().version() != present.version()) {
                        return new Answer.Stale(before.get().key().version());
                    }
                    Changed changed = change.run(connection, before.get().tenant());
                    if (changed.refused().isPresent()) {
                        return changed.refused().get();
                    }
                    AccessKey after = read(connection, present.id()).key();
                    Digests digests =
                            Digests.changed(PrincipalRows.words(before.get().key()), PrincipalRows.words(after));
                    write(journal, before.get().tenant(), kind, after, digests, warrant);
                    return done(after, changed.shown(), warrant);
                },
                warrant);
    }

    private static Answer done(AccessKey key, Optional<Secret> shown, Warrant warrant) {
        return new Answer.Done(key, warrant.dryRun() ? Optional.empty() : shown);
    }

    private void write(Journal journal, int tenant, Kind kind, AccessKey key, Digests digests, Warrant warrant)
            throws SQLException {
        String detail = "\"" + key.name() + "\": " + PrincipalRows.words(key);
        audit.write(journal, tenant, new Deed(kind, "key:" + key.id(), detail, digests), warrant);
    }

    private Row read(Connection connection, KeyId id) throws SQLException {
        return Query.all(connection, ONE, s -> s.setString(1, id.value()), rows::read)
                .getFirst();
    }

    private void insert(
            Connection connection, int tenant, KeyId id, Order order, Octets verifier, Instant now, Warrant warrant)
            throws SQLException {
        Query.change(connection, INSERT, s -> {
            s.setLong(1, now.toEpochMilli());
            bind(s, 2, order.expiresAt());
            s.setInt(3, tenant);
            s.setShort(4, PrincipalRows.kind(order.provedBy()));
            s.setShort(5, PrincipalRows.role(order.role()));
            s.setString(6, id.value());
            s.setBytes(7, verifier.raw());
            s.setBytes(
                    8,
                    rows.seal(tenant, id, order.name(), order.scope(), warrant.actor())
                            .raw());
            s.setBytes(9, order.provedBy() instanceof ProvedBy.SharedAccess ? policyIndex(tenant, order.name()) : null);
        });
    }

    private static Optional<Integer> number(Connection connection, Optional<Name> tenant) throws SQLException {
        return tenant.isEmpty()
                ? Optional.of(PrincipalRows.INSTALLATION)
                : Query.all(connection, NUMBER, s -> s.setString(1, tenant.get().value()), row -> row.getInt(1))
                        .stream()
                        .findFirst();
    }

    private static void forget(Connection connection, int tenant, Instant now) throws SQLException {
        Query.change(connection, FORGET, s -> {
            s.setInt(1, tenant);
            s.setLong(2, now.minus(KEPT).toEpochMilli());
        });
    }

    private static int count(Connection connection, int tenant, Instant now) throws SQLException {
        return Query.all(
                        connection,
                        COUNT,
                        s -> {
                            s.setInt(1, tenant);
                            s.setLong(2, now.toEpochMilli());
                        },
                        row -> row.getInt(1))
                .getFirst();
    }

    private static boolean taken(Connection connection, ProvedBy provedBy, Octets verifier, KeyId but)
            throws SQLException {
        return Query.all(
                                connection,
                                TAKEN,
                                s -> {
                                    s.setShort(1, PrincipalRows.kind(provedBy));
                                    s.setBytes(2, verifier.raw());
                                    s.setBytes(3, verifier.raw());
                                    s.setString(4, but.value());
                                },
                                row -> row.getInt(1))
                        .getFirst()
                > 0;
    }

    private boolean named(Connection connection, int tenant, Order order) throws SQLException {
        return order.provedBy() instanceof ProvedBy.SharedAccess
                && Query.all(
                                        connection,
                                        NAMED,
                                        s -> {
                                            s.setInt(1, tenant);
                                            s.setBytes(2, policyIndex(tenant, order.name()));
                                        },
                                        row -> row.getInt(1))
                                .getFirst()
                        > 0;
    }

    /// What a principal proves itself with from now on.
    ///
    /// @param verifier what is kept of it
    /// @param shown    what it is told once
    private record Fresh(Octets verifier, Optional<Secret> shown) {}

    private Fresh fresh(int tenant, KeyId id, ProvedBy provedBy) {
        return switch (provedBy) {
            case ProvedBy.ApiKey() -> {
                KeyText text = KeyText.of(id, sealing.chance(KeyText.CHANCE_BYTES));
                yield new Fresh(Octets.of(text.verifier().toArray()), Optional.of(text.secret()));
            }
            case ProvedBy.ClientKey(String fingerprint) ->
                new Fresh(Octets.of(HexFormat.of().parseHex(fingerprint)), Optional.empty());
            case ProvedBy.ClientCertificate(String fingerprint) ->
                new Fresh(Octets.of(HexFormat.of().parseHex(fingerprint)), Optional.empty());
            case ProvedBy.SharedAccess() -> {
                byte[] key = sealing.chance(ProvedBy.SharedAccess.KEY_BYTES);
                yield new Fresh(
                        rows.sealKey(tenant, id, key),
                        Optional.of(Secret.of(Base64.getEncoder().encode(key))));
            }
        };
    }

    private static String digits(byte[] chance, int length) {
        String digits = new BigInteger(1, chance).toString(32);
        return "0".repeat(length - digits.length()) + digits;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void bind(PreparedStatement statement, int position, Optional<Instant> moment) throws SQLException {
        statement.setObject(position, moment.map(Instant::toEpochMilli).orElse(null), Types.BIGINT);
    }
}
