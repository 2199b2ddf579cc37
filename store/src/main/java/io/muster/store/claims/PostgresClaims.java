package io.muster.store.claims;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.store.audit.Digests;
import io.muster.store.database.Database;
import io.muster.store.database.DatabaseClock;
import io.muster.store.database.Grouped;
import io.muster.store.database.Query;
import io.muster.store.lane.Journal;
import io.muster.store.lane.Lane;
import io.muster.store.roster.Audit;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Claims. The database knows a claim's certificate by a keyed hash of its fingerprint.
public final class PostgresClaims implements Claims, AutoCloseable {

    /// The fingerprint's index is the installation's: whoever connects names no tenant.
    private static final int EVERY_TENANT = 0;

    private static final String HOLDING = "SELECT cert_bi, " + ClaimForm.COLUMNS
            + " FROM unnest(?::bytea[]) AS u(sought) JOIN claim ON cert_bi = sought";

    private static final String ONE = "SELECT " + ClaimForm.COLUMNS + " FROM claim WHERE tenant = ? AND name = ?";

    private static final String PAGE = "SELECT " + ClaimForm.COLUMNS + """

            FROM claim WHERE tenant = ? AND name > ? AND (?::text[] IS NULL OR enrollment = ANY(?))
            ORDER BY name LIMIT ?""";

    private static final String TAKEN = "SELECT name FROM claim WHERE tenant = ? AND (name = ? OR cert_bi = ?)";

    private static final String INSERT = """
            INSERT INTO claim (created_at, not_after, creates, window_ms, window_start, spent, second_start, second_spent,
                               per_second, tenant, state, name, enrollment, claim_id, cert_bi, networks, sealed)
            VALUES (?, ?, ?, ?, 0, 0, 0, 0, ?, ?, 0, ?, ?, ?, ?, ''::bytea, ?)""";

    private static final String REVOKE =
            "UPDATE claim SET state = " + ClaimForm.REVOKED + " WHERE tenant = ? AND name = ?";

    private final Query query;
    private final Grouped<Octets, List<ClaimForm.Stored>> holding;
    private final PostgresRoster roster;
    private final Lane lane;
    private final ClaimForm form;
    private final Sealing sealing;
    private final BlindIndex index;
    private final Audit audit;
    private final DatabaseClock clock;

    public PostgresClaims(
            Database database,
            PostgresRoster roster,
            Lane lane,
            Sealing sealing,
            BlindIndex index,
            DatabaseClock clock) {
        this.query = new Query(database);
        this.holding = new Grouped<>(
                database,
                "muster-claim",
                new Grouped.Statement<>(
                        HOLDING,
                        bind -> bind.octets(bi -> bi),
                        row -> List.of(ClaimForm.read(row, 2)),
                        (one, other) ->
                                Stream.concat(one.stream(), other.stream()).toList()));
        this.roster = roster;
        this.lane = lane;
        this.form = new ClaimForm(sealing);
        this.sealing = sealing;
        this.index = index;
        this.audit = new Audit(sealing, index, clock::now);
        this.clock = clock;
    }

    @Override
    public List<Claim> holding(String fingerprint) {
        Octets bi = certificate(fingerprint);
        return holding.find(List.of(bi)).getOrDefault(bi, List.of()).stream()
                .flatMap(stored -> roster.name(stored.tenant()).stream().map(it -> form.open(it, stored, clock.now())))
                .toList();
    }

    @Override
    public void close() {
        holding.close();
    }

    @Override
    public Registered<Claim> make(Order order, Warrant warrant) {
        Optional<Integer> number = roster.number(order.tenant());
        if (number.isEmpty()) {
            return new Registered.Missing<>("tenant " + order.tenant());
        }
        Optional<Enrollment> group = roster.group(order.tenant(), order.enrollment());
        if (group.isEmpty() || !(group.get().proof() instanceof Proof.Claims)) {
            return new Registered.Missing<>("group enrollment " + order.enrollment() + " that takes claims");
        }
        Claim claim = claim(order);
        return lane.change((connection, journal) -> make(connection, journal, number.get(), claim, warrant), warrant);
    }

    private Claim claim(Order order) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        return new Claim(
                new ClaimId(ClaimForm.uuid(sealing.newId((short) 0, now.toEpochMilli()))),
                order.tenant(),
                order.name(),
                order.enrollment(),
                order.certificate().sha256(),
                order.budget(),
                false,
                now,
                order.notAfter().truncatedTo(ChronoUnit.MILLIS),
                0,
                0);
    }

    private Registered<Claim> make(Connection connection, Journal journal, int tenant, Claim claim, Warrant warrant)
            throws SQLException {
        Octets bi = certificate(claim.fingerprint());
        List<String> taken = Query.all(
                connection,
                TAKEN,
                s -> {
                    s.setInt(1, tenant);
                    s.setString(2, claim.name().value());
                    s.setBytes(3, bi.raw());
                },
                row -> row.getString(1));
        if (!taken.isEmpty()) {
            return new Registered.Exists<>("claim " + taken.getFirst());
        }
        Octets sealed = form.seal(tenant, claim);
        Query.change(connection, INSERT, s -> {
            s.setLong(1, claim.createdAt().toEpochMilli());
            s.setLong(2, claim.notAfter().toEpochMilli());
            s.setLong(3, claim.budget().creates());
            s.setLong(4, claim.budget().window().toMillis());
            s.setInt(5, claim.budget().perSecond());
            s.setInt(6, tenant);
            s.setString(7, claim.name().value());
            s.setString(8, claim.enrollment().value());
            s.setBytes(9, ClaimForm.octets(claim.id()).raw());
            s.setBytes(10, bi.raw());
            s.setBytes(11, sealed.raw());
        });
        String detail = detail(claim);
        audit.write(journal, tenant, deed(Kind.CLAIM_MADE, claim, detail, Digests.born(detail)), warrant);
        return new Registered.Done<>(claim);
    }

    @Override
    public List<Claim> list(Name tenant, Scope scope, Optional<Name> after, int limit) {
        return roster
                .number(tenant)
                .map(number -> query.all(
                        PAGE,
                        s -> {
                            s.setInt(1, number);
                            s.setString(2, after.map(Name::value).orElse(""));
                            Array names = names(s, scope);
                            s.setArray(3, names);
                            s.setArray(4, names);
                            s.setInt(5, limit);
                        },
                        ClaimForm::read))
                .orElse(List.of())
                .stream()
                .map(stored -> form.open(tenant, stored, clock.now()))
                .toList();
    }

    /// Null where the scope does not narrow.
    private static @Nullable Array names(PreparedStatement statement, Scope scope) throws SQLException {
        Object[] names = scope.enrollments().stream().map(Name::value).toArray();
        return names.length == 0 ? null : statement.getConnection().createArrayOf("text", names);
    }

    @Override
    public Optional<Claim> find(Name tenant, Name name) {
        return roster.number(tenant)
                .flatMap(number -> query.one(
                        ONE,
                        s -> {
                            s.setInt(1, number);
                            s.setString(2, name.value());
                        },
                        ClaimForm::read))
                .map(stored -> form.open(tenant, stored, clock.now()));
    }

    @Override
    public Registered<Claim> revoke(Name tenant, Name name, Warrant warrant) {
        Optional<Integer> number = roster.number(tenant);
        return number.isEmpty()
                ? new Registered.Missing<>("tenant " + tenant)
                : lane.change(
                        (connection, journal) -> revoke(connection, journal, tenant, number.get(), name, warrant),
                        warrant);
    }

    private Registered<Claim> revoke(
            Connection connection, Journal journal, Name tenant, int number, Name name, Warrant warrant)
            throws SQLException {
        Optional<Claim> found = locked(connection, tenant, number, name);
        if (found.isEmpty()) {
            return new Registered.Missing<>("claim " + name);
        }
        if (!found.get().revoked()) {
            Query.change(connection, REVOKE, s -> {
                s.setInt(1, number);
                s.setString(2, name.value());
            });
            String detail = detail(found.get());
            Digests digests = Digests.changed(detail, detail + ", revoked");
            audit.write(journal, number, deed(Kind.CLAIM_REVOKED, found.get(), detail, digests), warrant);
        }
        return new Registered.Done<>(locked(connection, tenant, number, name).orElseThrow());
    }

    /// Whoever creates with it waits.
    private Optional<Claim> locked(Connection connection, Name tenant, int number, Name name) throws SQLException {
        return Query.all(
                        connection,
                        ONE + " FOR UPDATE",
                        s -> {
                            s.setInt(1, number);
                            s.setString(2, name.value());
                        },
                        ClaimForm::read)
                .stream()
                .map(stored -> form.open(tenant, stored, clock.now()))
                .findFirst();
    }

    private Octets certificate(String fingerprint) {
        return index.index(EVERY_TENANT, BlindIndex.Kind.CLAIM, HexFormat.of().parseHex(fingerprint))
                .bi();
    }

    private static Audit.Deed deed(Kind kind, Claim claim, String detail, Digests digests) {
        return new Audit.Deed(kind, "claim:" + claim.name(), detail, digests);
    }

    private static String detail(Claim claim) {
        return "for enrollment " + claim.enrollment() + ", " + claim.budget().creates() + " certificates in "
                + claim.budget().window().toSeconds() + " s, " + claim.budget().perSecond() + " a second, until "
                + claim.notAfter();
    }
}
