package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Step 7: tokens are locked in the order of their primary key; a key that has used one may do so again, another only
/// while a use is left. The batch holds one act for each token at most, so counting is comparing.
final class TokenBurns {

    private static final String LOCK = """
            SELECT t.token_id, t.state, t.uses > t.spent
            FROM unnest(?::smallint[], ?::int[], ?::bytea[]) AS u(slot, tenant, token_id)
            JOIN token t ON t.slot = u.slot AND t.tenant = u.tenant AND t.token_id = u.token_id
            ORDER BY t.slot, t.tenant, t.token_id
            FOR UPDATE OF t""";

    private static final String USED = """
            SELECT t.token_id
            FROM unnest(?::smallint[], ?::int[], ?::bytea[], ?::bytea[]) AS u(slot, tenant, token_id, key_bi)
            JOIN token_use t ON t.slot = u.slot AND t.tenant = u.tenant AND t.token_id = u.token_id
              AND t.key_bi = u.key_bi""";

    private TokenBurns() {}

    static void run(Connection connection, List<Candidate> candidates) throws SQLException {
        List<Candidate> burning = candidates.stream()
                .filter(candidate -> candidate.alive() && candidate.work().burn() != null)
                .toList();
        if (burning.isEmpty()) {
            return;
        }
        Map<Octets, Boolean> left = lock(connection, burning);
        Set<Octets> used = used(connection, burning);
        for (Candidate candidate : burning) {
            judge(candidate, left.get(burn(candidate).tokenId()), used);
        }
    }

    private static void judge(Candidate candidate, @Nullable Boolean left, Set<Octets> used) {
        if (left == null) {
            candidate.lose(new Outcome.Spent());
        } else if (!used.contains(burn(candidate).tokenId())) {
            if (left) {
                candidate.burnsAfresh();
            } else {
                candidate.lose(new Outcome.Spent());
            }
        }
    }

    static Burn burn(Candidate candidate) {
        return Objects.requireNonNull(candidate.work().burn());
    }

    /// Whether each token has a use left for a new key; none for a token that is gone.
    private static Map<Octets, Boolean> lock(Connection connection, List<Candidate> burning) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            keys(Bind.of(statement, burning));
            Map<Octets, Boolean> left = HashMap.newHashMap(burning.size());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    left.put(Octets.of(rows.getBytes(1)), rows.getShort(2) == TokenRow.OPEN && rows.getBoolean(3));
                }
            }
            return left;
        }
    }

    /// The tokens that the key of their act has used before.
    private static Set<Octets> used(Connection connection, List<Candidate> burning) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(USED)) {
            keys(Bind.of(statement, burning)).octets(c -> burn(c).keyBi());
            Set<Octets> used = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    used.add(Octets.of(rows.getBytes(1)));
                }
            }
            return used;
        }
    }

    private static Bind<Candidate> keys(Bind<Candidate> bind) throws SQLException {
        return bind.shorts(c -> burn(c).slot()).ints(c -> burn(c).tenant()).octets(c -> burn(c).tokenId());
    }
}
