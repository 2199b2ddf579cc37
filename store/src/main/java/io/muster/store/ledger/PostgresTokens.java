package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.TokenId;
import io.muster.core.roster.Tokens;
import io.muster.store.database.DatabaseClock;
import io.muster.store.database.Grouped;
import io.muster.store.database.Query;
import io.muster.store.lane.Journal;
import io.muster.store.lane.Lane;
import io.muster.store.lane.Outcome;
import io.muster.store.lane.TokenRow;
import io.muster.store.lane.Work;
import io.muster.store.ledger.TokenForm.Stored;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// One-time tokens. The database knows a token by a keyed hash of its text.
public final class PostgresTokens implements Tokens {

    private static final String PREFIX = "mst-";
    private static final int CHANCE_BYTES = 20;
    private static final int DIGITS = 32;

    /// Nothing of ours is longer: what is, need not be hashed.
    private static final int MOST_CHARACTERS = 128;

    /// What is sought is found by the hashes of text and key together: many keys may ask for one token at once.
    private static final String FIND =
            "SELECT u.token_bi || u.key_bi, x.key_bi IS NOT NULL, " + TokenForm.COLUMNS + """

            FROM unnest(?::smallint[], ?::int[], ?::bytea[], ?::bytea[]) AS u(slot, tenant, token_bi, key_bi)
            JOIN token t ON t.slot = u.slot AND t.tenant = u.tenant AND t.token_bi = u.token_bi
            LEFT JOIN token_use x
              ON x.slot = t.slot AND x.tenant = t.tenant AND x.token_id = t.token_id AND x.key_bi = u.key_bi""";

    private static final String PAGE = "SELECT " + TokenForm.COLUMNS + """

            FROM token t WHERE t.tenant = ? AND (t.created_at, t.token_id) > (?, ?)
            ORDER BY t.created_at, t.token_id LIMIT ?""";

    private static final String ONE = "SELECT " + TokenForm.COLUMNS
            + " FROM token t WHERE t.slot = ? AND t.tenant = ? AND t.token_id = ? FOR UPDATE";

    private static final String REVOKE =
            "UPDATE token SET state = " + TokenRow.REVOKED + " WHERE slot = ? AND tenant = ? AND token_id = ?";

    /// What is sought.
    record Sought(int tenant, Indexed at, Octets keyBi) {

        Octets both() {
            return Octets.of(ByteBuffer.allocate(at.bi().length() + keyBi.length())
                    .put(at.bi().raw())
                    .put(keyBi.raw())
                    .array());
        }
    }

    /// @param used whether the key that was sought with it has used it
    record Used(Stored token, boolean used) {}

    private final Query query;
    private final PostgresRoster roster;
    private final Sealing sealing;
    private final Ids ids;
    private final TokenForm form;
    private final Grouped<Sought, Used> grouped;
    private final Lane lane;
    private final DatabaseClock clock;

    PostgresTokens(
            Query query,
            PostgresRoster roster,
            Sealing sealing,
            Ids ids,
            Grouped<Sought, Used> grouped,
            Lane lane,
            DatabaseClock clock) {
        this.query = query;
        this.roster = roster;
        this.sealing = sealing;
        this.ids = ids;
        this.form = new TokenForm(sealing);
        this.grouped = grouped;
        this.lane = lane;
        this.clock = clock;
    }

    /// The look-up of many callers at once.
    static Grouped.Statement<Sought, Used> statement() {
        return new Grouped.Statement<>(
                FIND,
                bind -> bind.shorts(it -> it.at().slot())
                        .ints(Sought::tenant)
                        .octets(it -> it.at().bi())
                        .octets(Sought::keyBi),
                PostgresTokens::readUsed);
    }

    private static Used readUsed(ResultSet row) throws SQLException {
        return new Used(TokenForm.read(row, 3), row.getBoolean(2));
    }

    @Override
    public Optional<Found> find(Name tenant, String text, IdentityKey key) {
        if (text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        return roster.number(tenant).flatMap(number -> find(number, tenant, text, key));
    }

    private Optional<Found> find(int number, Name tenant, String text, IdentityKey key) {
        Sought sought = new Sought(
                number,
                ids.token(number, text.getBytes(StandardCharsets.UTF_8)),
                ids.key(number, key).bi());
        return Optional.ofNullable(grouped.find(List.of(sought)).get(sought.both()))
                .map(it -> new Found(form.open(tenant, it.token()), it.used()));
    }

    @Override
    public Registered<Made> make(Order order, Warrant warrant) {
        Optional<Integer> number = roster.number(order.tenant());
        if (number.isEmpty()) {
            return new Registered.Missing<>("tenant " + order.tenant());
        }
        Optional<Enrollment> group = roster.group(order.tenant(), order.enrollment());
        if (group.isEmpty()) {
            return new Registered.Missing<>("group enrollment " + order.enrollment());
        }
        if (!(group.get().proof() instanceof Proof.OneTimeTokens)) {
            return new Registered.Missing<>("enrollment " + order.enrollment() + " that takes one-time tokens");
        }
        return make(number.get(), order, warrant);
    }

    private Registered<Made> make(int tenant, Order order, Warrant warrant) {
        byte[] text = newText().getBytes(StandardCharsets.US_ASCII);
        Indexed at = ids.token(tenant, text);
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        Octets id = sealing.newId(at.slot(), now.toEpochMilli());
        OneTimeToken token = new OneTimeToken(
                new TokenId(Ids.uuid(id)),
                order.tenant(),
                order.enrollment(),
                order.registrationId(),
                order.uses(),
                0,
                false,
                now,
                order.expiresAt().truncatedTo(ChronoUnit.MILLIS));
        TokenRow row = new TokenRow(
                at.slot(),
                tenant,
                id,
                at.bi(),
                token.uses(),
                now.toEpochMilli(),
                token.expiresAt().toEpochMilli(),
                form.seal(tenant, token));
        Outcome outcome = lane.write(
                Work.leaving(form.entry(tenant, token, Kind.TOKEN_MADE, 1, warrant, now), null)
                        .makes(row)
                        .work(),
                warrant);
        if (!(outcome instanceof Outcome.Written)) {
            throw new IllegalStateException("a new token rests on nothing");
        }
        return new Registered.Done<>(new Made(token, Secret.of(text)));
    }

    /// 160 random bits in 32 digits of base 32.
    private String newText() {
        String digits = new BigInteger(1, sealing.chance(CHANCE_BYTES)).toString(32);
        return PREFIX + "0".repeat(DIGITS - digits.length()) + digits;
    }

    @Override
    public List<OneTimeToken> list(Name tenant, Optional<TokenId> after, int limit) {
        Optional<Integer> number = roster.number(tenant);
        Octets from = after.map(it -> Ids.octets(it.value())).orElse(Octets.of(new byte[0]));
        return number.isEmpty()
                ? List.of()
                : query.all(
                        PAGE,
                        s -> {
                            s.setInt(1, number.get());
                            s.setLong(2, after.isEmpty() ? Long.MIN_VALUE : Ids.millis(from));
                            s.setBytes(3, from.raw());
                            s.setInt(4, limit);
                        },
                        row -> form.open(tenant, TokenForm.read(row, 1)));
    }

    @Override
    public Registered<OneTimeToken> revoke(Name tenant, TokenId id, Warrant warrant) {
        Optional<Integer> number = roster.number(tenant);
        return number.isEmpty()
                ? new Registered.Missing<>("tenant " + tenant)
                : lane.change(
                        (connection, journal) -> revoke(connection, journal, tenant, number.get(), id, warrant),
                        warrant);
    }

    private Registered<OneTimeToken> revoke(
            Connection connection, Journal journal, Name tenant, int number, TokenId id, Warrant warrant)
            throws SQLException {
        Octets octets = Ids.octets(id.value());
        List<Stored> found = Query.all(connection, ONE, s -> bind(s, number, octets), row -> TokenForm.read(row, 1));
        if (found.isEmpty()) {
            return new Registered.Missing<>("token " + id);
        }
        if (found.getFirst().state() != TokenRow.REVOKED) {
            OneTimeToken token = form.open(tenant, found.getFirst());
            Query.change(connection, REVOKE, s -> bind(s, number, octets));
            journal.append(
                    octets.slot(),
                    octets,
                    version -> form.entry(number, token, Kind.TOKEN_REVOKED, version, warrant, clock.now()));
        }
        return new Registered.Done<>(
                Query.all(connection, ONE, s -> bind(s, number, octets), row -> TokenForm.read(row, 1)).stream()
                        .map(it -> form.open(tenant, it))
                        .findFirst()
                        .orElseThrow());
    }

    private static void bind(PreparedStatement statement, int tenant, Octets id) throws SQLException {
        statement.setShort(1, id.slot());
        statement.setInt(2, tenant);
        statement.setBytes(3, id.raw());
    }
}
