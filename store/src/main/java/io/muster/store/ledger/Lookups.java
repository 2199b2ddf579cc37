package io.muster.store.ledger;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.store.database.Bind;
import io.muster.store.database.Database;
import io.muster.store.database.Fault;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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

/// Finds bindings for many callers at once: one thread and one connection of its own ask for whatever is wanted at the
/// moment in one statement. A look-up alone costs more in round trip and scheduling than in looking.
final class Lookups implements AutoCloseable {

    private static final String FIND = "SELECT b.bi, b.state, " + DeviceRows.COLUMNS + """

            FROM unnest(?::smallint[], ?::smallint[], ?::int[], ?::bytea[]) AS u(slot, kind, tenant, bi)
            JOIN binding b ON b.slot = u.slot AND b.tenant = u.tenant AND b.kind = u.kind AND b.bi = u.bi
            LEFT JOIN device d ON d.slot = b.device_slot AND d.device_id = b.device_id
            LEFT JOIN device_key k ON k.slot = d.slot AND k.device_id = d.device_id""";

    private static final int MOST_WAITING = 20_000;
    private static final int MOST_AT_ONCE = 256;
    private static final long PATIENCE_SECONDS = 10;

    /// Under load a look-up waits this long for company.
    private static final long LINGER_NANOS = 2_000_000;

    /// What is sought.
    record Sought(int tenant, Kind kind, Indexed at) {}

    private record Caller(List<Sought> sought, CompletableFuture<Map<Octets, Bound>> answer) {}

    private final Database database;
    private final BlockingQueue<Caller> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean open = true;
    private @Nullable Connection connection;
    private int lastSize;

    Lookups(Database database) {
        this.database = database;
        this.thread = Thread.ofPlatform().name("muster-look").daemon().start(this::loop);
    }

    /// What is bound, by blind index.
    ///
    /// @throws LedgerUnavailable when the database does not answer
    Map<Octets, Bound> find(List<Sought> sought) {
        Caller caller = new Caller(sought, new CompletableFuture<>());
        if (!open || !queue.offer(caller)) {
            throw new LedgerUnavailable("Too many look-ups are waiting.", new IllegalStateException("queue"));
        }
        try {
            return caller.answer().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SQLException error
                    ? Database.unavailable(error)
                    : new IllegalStateException("A look-up failed.", e.getCause());
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
        queue.drainTo(callers, MOST_AT_ONCE);
        lastSize = callers.size();
        return callers;
    }

    private void serve(List<Caller> callers) {
        try {
            Map<Octets, Bound> found = find(callers, true);
            callers.forEach(caller -> caller.answer().complete(found));
        } catch (SQLException | RuntimeException e) {
            discard();
            callers.forEach(caller -> caller.answer().completeExceptionally(e));
        }
    }

    /// Reading again does no harm: a connection that broke while nobody used it costs nobody an answer.
    private Map<Octets, Bound> find(List<Caller> callers, boolean again) throws SQLException {
        try {
            return query(
                    callers.stream().flatMap(caller -> caller.sought().stream()).toList());
        } catch (SQLException e) {
            if (!again || Fault.of(e) == Fault.POISON) {
                throw e;
            }
            discard();
            return find(callers, false);
        }
    }

    private Map<Octets, Bound> query(List<Sought> sought) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(FIND)) {
            Bind.of(statement, sought)
                    .shorts(it -> it.at().slot())
                    .shorts(it -> it.kind().number())
                    .ints(Sought::tenant)
                    .octets(it -> it.at().bi());
            Map<Octets, Bound> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Octets bi = Octets.of(rows.getBytes(1));
                    boolean device = rows.getBytes(3) != null;
                    found.put(bi, new Bound(bi, rows.getShort(2), device ? DeviceRows.read(rows, 3) : null));
                }
            }
            return found;
        }
    }

    private Connection connection() throws SQLException {
        Connection present = connection;
        if (present == null) {
            present = database.dedicated();
            present.setAutoCommit(true);
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
