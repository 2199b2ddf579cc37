package io.muster.store.access;

import io.muster.core.access.Repeats;
import io.muster.core.device.Bytes;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers under idempotency keys, sealed. A key lies there as a keyed hash: it may hold a name.
public final class PostgresRepeats implements Repeats {

    /// How long an answer stays.
    static final Duration KEPT = Duration.ofHours(24);

    /// Longer than any request takes; whoever has not answered by then died.
    static final Duration LONGEST_REQUEST = Duration.ofMinutes(2);

    private static final String SWEEP = """
            DELETE FROM idempotency WHERE key_bi IN
              (SELECT key_bi FROM idempotency WHERE expires_at < ? ORDER BY expires_at LIMIT 100 FOR UPDATE SKIP LOCKED)""";

    private static final String BEGIN = """
            INSERT INTO idempotency (key_bi, digest, expires_at) VALUES (?, ?, ?)
            ON CONFLICT (key_bi) DO UPDATE SET digest = excluded.digest, expires_at = excluded.expires_at, sealed = NULL
            WHERE idempotency.expires_at < ?""";

    private static final String FIND = "SELECT digest, sealed FROM idempotency WHERE key_bi = ?";
    private static final String ANSWERED = "UPDATE idempotency SET sealed = ?, expires_at = ? WHERE key_bi = ?";
    private static final String FORGET = "DELETE FROM idempotency WHERE key_bi = ? AND sealed IS NULL";

    private record Found(Octets digest, @Nullable Octets sealed) {}

    private final Database database;
    private final Sealing sealing;
    private final BlindIndex index;
    private final InstantSource clock;

    public PostgresRepeats(Database database, Sealing sealing, BlindIndex index, InstantSource clock) {
        this.database = database;
        this.sealing = sealing;
        this.index = index;
        this.clock = clock;
    }

    @Override
    public Begun begin(String principal, String key, Bytes digest) {
        Octets bi = bi(principal, key);
        long now = clock.millis();
        return database.transact(connection -> {
            Query.change(connection, SWEEP, s -> s.setLong(1, now));
            return first(connection, bi, digest, now) ? new Begun.First() : before(connection, bi, digest);
        });
    }

    private static boolean first(Connection connection, Octets bi, Bytes digest, long now) throws SQLException {
        return Query.change(connection, BEGIN, s -> {
                    s.setBytes(1, bi.raw());
                    s.setBytes(2, digest.toArray());
                    s.setLong(3, now + LONGEST_REQUEST.toMillis());
                    s.setLong(4, now);
                })
                == 1;
    }

    private Begun before(Connection connection, Octets bi, Bytes digest) throws SQLException {
        List<Found> found = Query.all(connection, FIND, s -> s.setBytes(1, bi.raw()), row -> {
            byte[] sealed = row.getBytes(2);
            return new Found(Octets.of(row.getBytes(1)), sealed == null ? null : Octets.of(sealed));
        });
        if (found.isEmpty()) {
            return new Begun.InProgress();
        }
        if (!found.getFirst().digest().equals(Octets.of(digest.toArray()))) {
            return new Begun.Different();
        }
        Octets answer = found.getFirst().sealed();
        return answer == null
                ? new Begun.InProgress()
                : new Begun.Answered(
                        Bytes.of(sealing.ofTenant(PrincipalRows.INSTALLATION).open(address(bi), answer)));
    }

    @Override
    public void answered(String principal, String key, Bytes answer) {
        Octets bi = bi(principal, key);
        Octets sealed = sealing.ofTenant(PrincipalRows.INSTALLATION).seal(address(bi), answer.toArray());
        database.transact(connection -> Query.change(connection, ANSWERED, s -> {
            s.setBytes(1, sealed.raw());
            s.setLong(2, clock.millis() + KEPT.toMillis());
            s.setBytes(3, bi.raw());
        }));
    }

    @Override
    public void forget(String principal, String key) {
        Octets bi = bi(principal, key);
        database.transact(connection -> Query.change(connection, FORGET, s -> s.setBytes(1, bi.raw())));
    }

    /// A principal's id has no line break.
    private Octets bi(String principal, String key) {
        byte[] value = ("repeat:" + principal + "\n" + key).getBytes(StandardCharsets.UTF_8);
        return index.index(PrincipalRows.INSTALLATION, Kind.OBJECT, value).id();
    }

    private static Address address(Octets bi) {
        return Address.of(Table.ANSWER, PrincipalRows.INSTALLATION, bi);
    }
}
