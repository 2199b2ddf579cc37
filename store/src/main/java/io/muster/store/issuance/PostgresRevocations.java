package io.muster.store.issuance;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.ledger.Revocations;
import io.muster.store.database.Database;
import io.muster.store.database.Fault;
import io.muster.store.database.Query;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The CRLs: one for each shard of an issuer, made when somebody asks for it and the last one does not tell all any
/// more, or half of its life is over.
public final class PostgresRevocations implements Revocations {

    /// How many shards an issuer may have.
    public static final int MOST_SHARDS = 1024;

    private static final int STRIPES = 4;
    private static final int MOST_TRIES = 10;

    private static final String TENANT =
            "SELECT t.name FROM authority a JOIN tenant t ON t.tenant = a.tenant WHERE a.issuer = ?";

    /// Making one takes longer than anything else here: a million entries are read and signed.
    private static final String PATIENCE = "SET LOCAL lock_timeout TO '60s'; SET LOCAL statement_timeout TO '120s';"
            + " SET LOCAL idle_in_transaction_session_timeout TO '60s'";

    /// @param rows its rows
    private record Shard(Name tenant, String issuer, int number, CrlRows rows) {}

    private final Database database;
    private final Query query;
    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toList();

    public PostgresRevocations(Database database) {
        this.database = database;
        this.query = new Query(database);
    }

    @Override
    public Optional<Bytes> crl(String issuer, int shard, Duration life, Signing sign) {
        return PostgresAuthorityVault.issuer(issuer)
                .filter(ignored -> shard >= 0 && shard < MOST_SHARDS)
                .flatMap(key ->
                        tenant(key).map(tenant -> new Shard(tenant, issuer, shard, new CrlRows(key, (short) shard))))
                .map(it -> fresh(it, life).orElseGet(() -> inTurn(it, life, sign)));
    }

    private Optional<Name> tenant(Octets issuer) {
        return query.one(TENANT, s -> s.setBytes(1, issuer.raw()), row -> new Name(row.getString(1)));
    }

    private Optional<Bytes> fresh(Shard shard, Duration life) {
        return shard.rows().newest(query).filter(it -> it.isFresh(life)).flatMap(ignored -> shard.rows()
                .body(query));
    }

    /// Callers of this node wait for one another here, not each on a connection.
    private Bytes inTurn(Shard shard, Duration life, Signing sign) {
        ReentrantLock stripe = stripes.get(shard.number() % STRIPES);
        stripe.lock();
        try {
            return fresh(shard, life).orElseGet(() -> make(shard, life, sign));
        } finally {
            stripe.unlock();
        }
    }

    /// Who waited for another node's transaction is told to try again, and finds that node's CRL then.
    private Bytes make(Shard shard, Duration life, Signing sign) {
        database.transact(connection -> {
            shard.rows().begin(connection);
            return shard;
        });
        for (int tries = 1; ; tries++) {
            try (Connection connection = database.pooled()) {
                return make(connection, shard, life, sign);
            } catch (SQLException e) {
                if (tries == MOST_TRIES || Fault.of(e) != Fault.AGAIN) {
                    throw Database.unavailable(e);
                }
            }
        }
    }

    /// One snapshot for all of it: what the CRL names is what the heads of the lanes say that it covers.
    private static Bytes make(Connection connection, Shard shard, Duration life, Signing sign) throws SQLException {
        connection.setAutoCommit(false);
        try {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute(PATIENCE);
            }
            CrlRows.Newest before = shard.rows().lock(connection);
            if (before.isFresh(life)) {
                Bytes others = shard.rows().body(connection);
                connection.rollback();
                return others;
            }
            shard.rows().drop(connection);
            Instant thisUpdate = before.now().truncatedTo(ChronoUnit.SECONDS);
            Instant nextUpdate = thisUpdate.plus(life);
            // A time never comes again, also where the database was restored from an older copy.
            long number = Math.max(before.number() + 1, thisUpdate.getEpochSecond());
            Frame frame = new Frame(shard.issuer(), shard.number(), number, thisUpdate, nextUpdate);
            Bytes body = sign.sign(shard.tenant(), frame, each -> read(connection, shard, each));
            shard.rows().write(connection, frame, body);
            connection.commit();
            return body;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private static void read(Connection connection, Shard shard, Consumer<Entry> each) {
        try {
            shard.rows().forEach(connection, each);
        } catch (SQLException e) {
            throw Database.unavailable(e);
        }
    }
}
