package io.muster.store.database;

import io.muster.core.ledger.LedgerUnavailable;
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
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// Finds rows for many callers at once: one thread and one connection of its own ask for whatever is wanted at the
/// moment in one statement. A look-up alone costs more in round trip and scheduling than in looking.
///
/// @param <S> what is sought
/// @param <F> what is found
public final class Grouped<S, F> implements AutoCloseable {

    private static final int MOST_WAITING = 20_000;
    private static final int MOST_AT_ONCE = 256;
    private static final long PATIENCE_SECONDS = 10;

    /// Under load a look-up waits this long for company.
    private static final long LINGER_NANOS = 2_000_000;

    /// The one statement: its first column is the blind index by which the caller knows what it sought.
    ///
    /// @param columns binds what is sought, in the order of the question marks
    /// @param reader  reads the row at hand
    /// @param both    what two rows under one index come to
    public record Statement<S, F>(String sql, Columns<S> columns, Query.Reader<F> reader, BinaryOperator<F> both) {

        /// Of a table with one row under each index.
        public Statement(String sql, Columns<S> columns, Query.Reader<F> reader) {
            this(sql, columns, reader, (one, other) -> other);
        }
    }

    /// Binds a column of each thing that is sought.
    @FunctionalInterface
    public interface Columns<S> {
        void bind(Bind<S> bind) throws SQLException;
    }

    private record Caller<S, F>(List<S> sought, CompletableFuture<Map<Octets, F>> answer) {}

    private final Database database;
    private final BlockingQueue<Caller<S, F>> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Statement<S, F> statement;
    private final Thread thread;
    private volatile boolean open = true;
    private @Nullable Connection connection;
    private int lastSize;

    /// @param name of its thread
    public Grouped(Database database, String name, Statement<S, F> statement) {
        this.database = database;
        this.statement = statement;
        this.thread = Thread.ofPlatform().name(name).daemon().start(this::loop);
    }

    /// What is found, by blind index; it may hold what other callers sought.
    ///
    /// @throws LedgerUnavailable when the database does not answer
    public Map<Octets, F> find(List<S> sought) {
        Caller<S, F> caller = new Caller<>(sought, new CompletableFuture<>());
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

    private List<Caller<S, F>> gather() throws InterruptedException {
        List<Caller<S, F>> callers = new ArrayList<>();
        callers.add(queue.take());
        if (lastSize > 1) {
            LockSupport.parkNanos(LINGER_NANOS);
        }
        queue.drainTo(callers, MOST_AT_ONCE);
        lastSize = callers.size();
        return callers;
    }

    private void serve(List<Caller<S, F>> callers) {
        try {
            Map<Octets, F> found = find(callers, true);
            callers.forEach(caller -> caller.answer().complete(found));
        } catch (SQLException | RuntimeException e) {
            discard();
            callers.forEach(caller -> caller.answer().completeExceptionally(e));
        }
    }

    /// Reading again does no harm: a connection that broke while nobody used it costs nobody an answer.
    private Map<Octets, F> find(List<Caller<S, F>> callers, boolean again) throws SQLException {
        try {
            return query(callers.stream()
                    .flatMap(caller -> caller.sought().stream())
                    .distinct()
                    .toList());
        } catch (SQLException e) {
            if (!again || Fault.of(e) == Fault.POISON) {
                throw e;
            }
            discard();
            return find(callers, false);
        }
    }

    private Map<Octets, F> query(List<S> sought) throws SQLException {
        try (PreparedStatement prepared = connection().prepareStatement(statement.sql())) {
            statement.columns().bind(Bind.of(prepared, sought));
            Map<Octets, F> found = new HashMap<>();
            try (ResultSet rows = prepared.executeQuery()) {
                while (rows.next()) {
                    found.merge(Octets.of(rows.getBytes(1)), statement.reader().read(rows), statement.both());
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
