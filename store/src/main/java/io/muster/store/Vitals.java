package io.muster.store;

import io.muster.core.device.Name;
import io.muster.store.database.Database;
import io.muster.store.database.PoolUse;
import io.muster.store.database.Query;
import io.muster.store.lane.Lane;
import io.muster.store.lane.LaneStanding;
import io.muster.store.ledger.PostgresOperations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How the store fares, in numbers: what a monitor asks again and again. What asks the database counts rows of the
/// whole installation, and says the same on every node.
public final class Vitals {

    /// Beyond so many it does not matter how many more there are, and counting them would cost more than it tells.
    public static final int MOST_COUNTED = 100_000;

    /// The tenants with most to renew; the others would only make the answer long.
    private static final int MOST_TENANTS = 1_000;

    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    private static final String BACKLOG = "SELECT count(*), coalesce(max(" + NOW + " - created), 0)"
            + " FROM (SELECT expires_at - ? AS created FROM operation WHERE state = 0 ORDER BY run_after LIMIT ?) w";

    /// Of certificates in states 1 and 5, each its device's newest: the others have a successor.
    private static final String EXPIRING = "SELECT t.name, count(*) FILTER (WHERE c.not_after < ?),"
            + " count(*) FILTER (WHERE c.not_after < ?), count(*)"
            + " FROM credential c JOIN tenant t ON t.tenant = c.tenant"
            + " WHERE c.not_after >= ? AND c.not_after < ? AND c.state IN (1, 5)"
            + " GROUP BY t.name ORDER BY count(*) DESC LIMIT ?";

    private final Database database;
    private final Lane lane;

    Vitals(Database database, Lane lane) {
        this.database = database;
        this.lane = lane;
    }

    /// Deferred operations that wait.
    ///
    /// @param waiting how many, [#MOST_COUNTED] at most
    /// @param oldest how long the oldest of them waits; zero where none does
    public record Backlog(int waiting, Duration oldest) {}

    /// Certificates of a tenant's devices that end soon; each number contains those before it.
    public record Expiring(Name tenant, long inWeek, long inMonth, long inQuarter) {}

    public LaneStanding lane() {
        return lane.standing();
    }

    public PoolUse pool() {
        return database.use();
    }

    /// Asks the database.
    public Backlog backlog() {
        return new Query(database)
                .one(
                        BACKLOG,
                        s -> {
                            s.setLong(1, PostgresOperations.KEPT.toMillis());
                            s.setInt(2, MOST_COUNTED);
                        },
                        row -> new Backlog(row.getInt(1), Duration.ofMillis(row.getLong(2))))
                .orElseThrow();
    }

    /// Asks the database; it reads the part of the table that ends soon.
    public List<Expiring> expiring(Instant now) {
        return new Query(database)
                .all(
                        EXPIRING,
                        s -> {
                            s.setLong(1, after(now, 7));
                            s.setLong(2, after(now, 30));
                            s.setLong(3, now.toEpochMilli());
                            s.setLong(4, after(now, 90));
                            s.setInt(5, MOST_TENANTS);
                        },
                        row -> new Expiring(
                                new Name(row.getString(1)), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    private static long after(Instant now, int days) {
        return now.plus(Duration.ofDays(days)).toEpochMilli();
    }
}
