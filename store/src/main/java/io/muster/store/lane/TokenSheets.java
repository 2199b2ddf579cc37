package io.muster.store.lane;

import io.muster.store.database.Bind;
import java.sql.SQLException;
import java.util.List;

/// New tokens, and uses of known ones, as one batch writes them.
final class TokenSheets {

    private static final String MADE = """
            INSERT INTO token (created_at, expires_at, tenant, uses, spent, slot, state, token_id, token_bi,
                               enrollment, sealed)
            SELECT u.created_at, u.expires_at, u.tenant, u.uses, 0, u.slot, 0, u.token_id, u.token_bi,
                   u.enrollment, u.sealed
            FROM unnest(?::bigint[], ?::bigint[], ?::int[], ?::int[], ?::smallint[], ?::bytea[], ?::bytea[], ?::text[],
                        ?::bytea[])
              AS u(created_at, expires_at, tenant, uses, slot, token_id, token_bi, enrollment, sealed)""";

    private static final String USED = """
            INSERT INTO token_use (tenant, slot, token_id, key_bi)
            SELECT * FROM unnest(?::int[], ?::smallint[], ?::bytea[], ?::bytea[])""";

    private static final String SPENT = """
            UPDATE token t
            SET spent = t.spent + 1
            FROM unnest(?::int[], ?::smallint[], ?::bytea[]) AS u(tenant, slot, token_id)
            WHERE t.slot = u.slot AND t.tenant = u.tenant AND t.token_id = u.token_id""";

    private final Sheet<TokenRow> made = new Sheet<>(MADE, TokenSheets::bindMade);
    private final Sheet<Burn> used = new Sheet<>(USED, TokenSheets::bindUsed);
    private final Sheet<Burn> spent = new Sheet<>(SPENT, TokenSheets::bindSpent);

    void collect(Candidate candidate) {
        Work work = candidate.work();
        if (work.token() != null) {
            made.add(work.token());
        }
        if (candidate.burning()) {
            used.add(TokenBurns.burn(candidate));
            spent.add(TokenBurns.burn(candidate));
        }
    }

    List<Sheet<?>> sheets() {
        return List.of(made, used, spent);
    }

    private static Bind<TokenRow> bindMade(Bind<TokenRow> bind) throws SQLException {
        return bind.longs(TokenRow::createdAt)
                .longs(TokenRow::expiresAt)
                .ints(TokenRow::tenant)
                .ints(TokenRow::uses)
                .shorts(TokenRow::slot)
                .octets(TokenRow::tokenId)
                .octets(TokenRow::tokenBi)
                .texts(TokenRow::enrollment)
                .octets(TokenRow::sealed);
    }

    private static Bind<Burn> bindUsed(Bind<Burn> bind) throws SQLException {
        return bindSpent(bind).octets(Burn::keyBi);
    }

    private static Bind<Burn> bindSpent(Bind<Burn> bind) throws SQLException {
        return bind.ints(Burn::tenant).shorts(Burn::slot).octets(Burn::tokenId);
    }
}
