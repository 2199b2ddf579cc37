package io.muster.store;

import io.muster.core.ledger.Creations;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.store.database.Database;
import io.muster.store.database.DatabaseClock;
import io.muster.store.database.Query;
import io.muster.store.ledger.Sweep;
import io.muster.store.roster.PostgresRoster;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Once a second: is the roster newer than this node's, what time has the database, can it be reached at all. Once a
/// minute: what is kept no longer goes.
final class Pulse implements AutoCloseable {

    static final String BEAT = "SELECT counter, (extract(epoch FROM clock_timestamp()) * 1000)::bigint"
            + " FROM roster_change WHERE one = 1";

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private record Beat(long edition, long databaseMillis) {}

    private final Query query;
    private final PostgresRoster roster;
    private final DatabaseClock clock;
    private final Sweep sweep;
    private final Creations creations;
    private final InstantSource time;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("muster-pulse").daemon().factory());
    private volatile Optional<String> trouble = Optional.empty();

    Pulse(
            Database database,
            PostgresRoster roster,
            DatabaseClock clock,
            Sweep sweep,
            Creations creations,
            InstantSource time) {
        this.query = new Query(database);
        this.roster = roster;
        this.clock = clock;
        this.sweep = sweep;
        this.creations = creations;
        this.time = time;
    }

    void start() {
        var _ = executor.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
        var _ = executor.scheduleWithFixedDelay(this::sweep, 60, 60, TimeUnit.SECONDS);
    }

    /// What is wrong with the database, in words; empty when nothing is.
    Optional<String> trouble() {
        return trouble;
    }

    private void beat() {
        try {
            Beat beat = query.one(BEAT, statement -> {}, row -> new Beat(row.getLong(1), row.getLong(2)))
                    .orElseThrow();
            clock.read(beat.databaseMillis());
            roster.notice(beat.edition());
            trouble = Optional.empty();
        } catch (LedgerUnavailable e) {
            report(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The roster cannot be read", e);
            report("The roster cannot be read.");
        }
    }

    private void sweep() {
        try {
            int gone = sweep.round(time.instant());
            LOG.debug("{} rows that are kept no longer were removed", gone);
            int forgotten = creations.revokeForgotten(time.instant());
            LOG.debug("{} certificates that claims created and nobody registered were revoked", forgotten);
        } catch (RuntimeException e) {
            LOG.warn("What is kept no longer could not be removed now: {}", e.getMessage());
        }
    }

    private void report(String what) {
        if (trouble.isEmpty()) {
            LOG.warn("{}", what);
        }
        trouble = Optional.of(what);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
