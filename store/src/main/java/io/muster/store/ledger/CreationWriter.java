package io.muster.store.ledger;

import io.muster.core.ledger.Creations.Kept;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.store.database.Bind;
import io.muster.store.database.Database;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Stores created certificates for many callers at once: one thread and one connection of its own lock the claims in
/// the order of their key, grant by count in memory, and write what was granted in the same transaction. Nothing here
/// touches a lane: a certificate that no device has is nobody's act yet. Where the answer to COMMIT is lost, callers
/// are told that nothing came of it; what was stored all the same is revoked within its hour, and counts.
final class CreationWriter implements AutoCloseable {

    private static final int MOST_WAITING = 5_000;
    private static final int MOST_AT_ONCE = 500;
    private static final long PATIENCE_SECONDS = 10;

    /// Under load a certificate waits this long for company.
    private static final long LINGER_NANOS = 4_000_000;

    private static final String LOCK = """
            SELECT c.tenant, c.claim_id, c.state, coalesce(g.enabled, false) AND t.state = 0, c.creates, c.window_ms,
                   c.window_start, c.spent, c.second_start, c.second_spent, c.per_second, c.networks, c.not_after,
                   (extract(epoch FROM clock_timestamp()) * 1000)::bigint
            FROM unnest(?::int[], ?::bytea[]) AS u(tenant, claim_id)
            JOIN claim c ON c.tenant = u.tenant AND c.claim_id = u.claim_id
            JOIN tenant t ON t.tenant = c.tenant
            LEFT JOIN gate g ON g.tenant = c.tenant AND g.enrollment = c.enrollment
            ORDER BY c.tenant, c.claim_id
            FOR UPDATE OF c""";

    private static final String INSERT = """
            INSERT INTO creation (expires_at, tenant, slot, state, serial_bi, sealed)
            SELECT u.expires_at, u.tenant, u.slot, 0, u.serial_bi, u.sealed
            FROM unnest(?::bigint[], ?::int[], ?::smallint[], ?::bytea[], ?::bytea[])
              AS u(expires_at, tenant, slot, serial_bi, sealed)""";

    private static final String SPEND = """
            UPDATE claim c
            SET window_start = u.window_start, spent = u.spent, second_start = u.second_start,
                second_spent = u.second_spent, networks = u.networks
            FROM unnest(?::int[], ?::bytea[], ?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::bytea[])
              AS u(tenant, claim_id, window_start, spent, second_start, second_spent, networks)
            WHERE c.tenant = u.tenant AND c.claim_id = u.claim_id""";

    /// A created certificate, sealed and ready to be written.
    ///
    /// @param network keyed hash of where it goes to, four octets; empty octets where that cannot be told
    record Row(
            short slot, int tenant, Octets serialBi, long expiresAt, Octets claimId, Octets network, Octets sealed) {}

    private record Key(int tenant, Octets claimId) {}

    private record Caller(Row row, CompletableFuture<Kept> answer) {}

    private final Database database;
    private final BlockingQueue<Caller> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean open = true;
    private @Nullable Connection connection;
    private int lastSize;

    CreationWriter(Database database) {
        this.database = database;
        this.thread = Thread.ofPlatform().name("muster-creation").daemon().start(this::loop);
    }

    /// Waits until it is durable, or refused.
    Kept write(Row row) {
        Caller caller = new Caller(row, new CompletableFuture<>());
        if (!open || !queue.offer(caller)) {
            throw new LedgerUnavailable("Too many certificates are waiting.", new IllegalStateException("queue"));
        }
        try {
            return caller.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException error
                    ? Database.unavailable(error)
                    : new IllegalStateException("A certificate could not be stored.", e.getCause());
        } catch (TimeoutException e) {
            throw new LedgerUnavailable("The database did not answer within " + PATIENCE_SECONDS + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailable("The wait for the ledger was interrupted.", e);
        }
    }

    @Override
    public void close() {
        open = false;
        thread.interrupt();
    }

    private void loop() {
        while (open) {
            try {
                serve(gather());
            } catch (InterruptedException e) {
                break;
            }
        }
        discard();
    }

    private List<Caller> gather() throws InterruptedException {
        List<Caller> callers = new ArrayList<>();
        callers.add(queue.take());
        if (lastSize > 1) {
            LockSupport.parkNanos(LINGER_NANOS);
        }
        queue.drainTo(callers, MOST_AT_ONCE - 1);
        lastSize = callers.size();
        return callers;
    }

    private void serve(List<Caller> callers) {
        try {
            List<Kept> answers = write(callers);
            for (int i = 0; i < callers.size(); i++) {
                callers.get(i).answer().complete(answers.get(i));
            }
        } catch (SQLException | RuntimeException e) {
            discard();
            callers.forEach(caller -> caller.answer().completeExceptionally(e));
        }
    }

    private List<Kept> write(List<Caller> callers) throws SQLException {
        Connection present = connection();
        Map<Key, ClaimCount> claims = lock(present, callers);
        List<Kept> answers = new ArrayList<>(callers.size());
        List<Row> granted = new ArrayList<>(callers.size());
        for (Caller caller : callers) {
            ClaimCount claim = claims.get(key(caller.row()));
            Kept kept =
                    claim == null ? new Kept.Ended() : claim.grant(caller.row().network());
            answers.add(kept);
            if (kept instanceof Kept.Done) {
                granted.add(caller.row());
            }
        }
        if (granted.isEmpty()) {
            present.rollback();
        } else {
            insert(present, granted);
            spend(present, claims);
            present.commit();
        }
        return answers;
    }

    private static Key key(Row row) {
        return new Key(row.tenant(), row.claimId());
    }

    private static Map<Key, ClaimCount> lock(Connection connection, List<Caller> callers) throws SQLException {
        List<Key> keys = callers.stream().map(it -> key(it.row())).distinct().toList();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Bind.of(statement, keys).ints(Key::tenant).octets(Key::claimId);
            Map<Key, ClaimCount> found = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(new Key(rows.getInt(1), Octets.of(rows.getBytes(2))), ClaimCount.read(rows, 3));
                }
            }
            return found;
        }
    }

    private static void insert(Connection connection, List<Row> granted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            Bind.of(statement, granted)
                    .longs(Row::expiresAt)
                    .ints(Row::tenant)
                    .shorts(Row::slot)
                    .octets(Row::serialBi)
                    .octets(Row::sealed);
            statement.executeUpdate();
        }
    }

    private static void spend(Connection connection, Map<Key, ClaimCount> claims) throws SQLException {
        List<Map.Entry<Key, ClaimCount>> rows = List.copyOf(claims.entrySet());
        try (PreparedStatement statement = connection.prepareStatement(SPEND)) {
            Bind.of(statement, rows)
                    .ints(it -> it.getKey().tenant())
                    .octets(it -> it.getKey().claimId())
                    .longs(it -> it.getValue().windowStart())
                    .longs(it -> it.getValue().spent())
                    .longs(it -> it.getValue().secondStart())
                    .ints(it -> it.getValue().secondSpent())
                    .octets(it -> it.getValue().networks());
            statement.executeUpdate();
        }
    }

    private Connection connection() throws SQLException {
        Connection present = connection;
        if (present == null || present.isClosed()) {
            present = database.dedicated();
            connection = present;
        }
        return present;
    }

    private void discard() {
        Connection present = connection;
        connection = null;
        if (present != null) {
            try {
                present.close();
            } catch (SQLException e) {
                return;
            }
        }
    }
}
