package io.muster.store.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.muster.core.ledger.LedgerUnavailable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// An open database: its schema in place, its pool filled on demand.
public final class Database implements AutoCloseable {

    /// The schema that all tables live in.
    public static final String SCHEMA = "muster";

    private static final int OLDEST_SERVER = 150_000;
    private static final int POOL = 12;
    private static final int MOST_TRIES = 5;

    /// Every statement finds its rows by key, and statistics of a young table must not talk the planner out of it;
    /// the generic plan is the plan. The time-outs bound how long a dead or stuck node can hold a row that others
    /// want.
    private static final String SESSION = "SET search_path TO " + SCHEMA
            + "; SET plan_cache_mode TO force_generic_plan; SET jit TO off"
            + "; SET enable_seqscan TO off; SET enable_hashjoin TO off; SET enable_mergejoin TO off"
            + "; SET lock_timeout TO '5s'; SET statement_timeout TO '30s'"
            + "; SET idle_in_transaction_session_timeout TO '10s'"
            + "; SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    private final DatabaseAddress address;
    private final HikariDataSource pool;

    private Database(DatabaseAddress address) {
        this.address = address;
        this.pool = new HikariDataSource(poolSettings(address));
    }

    /// Connects, refuses what is no PostgreSQL of ours, and brings the schema up to date. Nodes that start together
    /// take turns.
    ///
    /// @throws UnusableDatabaseException when this database cannot be used; the message says what to do
    public static Database open(DatabaseAddress address) {
        refuseOldServer(address);
        migrate(address);
        return new Database(address);
    }

    /// A connection of the pool, for one short transaction.
    ///
    /// @throws LedgerUnavailable when none is to be had in time
    public Connection pooled() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /// Statements that are carried out together or not at all.
    @FunctionalInterface
    public interface Transaction<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Runs one short transaction on a connection of the pool; again when the database says that it was nobody's
    /// fault, and when the connection broke before the commit was asked for: the database then has undone it.
    ///
    /// @throws LedgerUnavailable when the database cannot carry it out
    public <T> T transact(Transaction<T> transaction) {
        for (int tries = 1; ; tries++) {
            try (Connection connection = pooled()) {
                T result = work(connection, transaction);
                connection.commit();
                return result;
            } catch (Undone undone) {
                forgetBroken(undone.cause);
                if (tries == MOST_TRIES || !Fault.worthRepeating(undone.cause)) {
                    throw unavailable(undone.cause);
                }
            } catch (SQLException e) {
                forgetBroken(e);
                if (tries == MOST_TRIES || Fault.of(e) != Fault.AGAIN) {
                    throw unavailable(e);
                }
            }
        }
    }

    private static <T> T work(Connection connection, Transaction<T> transaction) throws SQLException, Undone {
        try {
            connection.setAutoCommit(false);
            return transaction.run(connection);
        } catch (SQLException e) {
            rollBack(connection, e);
            throw new Undone(e);
        } catch (RuntimeException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    /// The work failed, and its commit was never asked for.
    private static final class Undone extends Exception {

        private static final long serialVersionUID = 1;

        private final SQLException cause;

        Undone(SQLException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /// Where one connection broke, the database most likely ended them all: the next caller shall not meet the others.
    void forgetBroken(SQLException error) {
        if (Fault.isBrokenConnection(error)) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /// A connection of one's own, outside of the pool, transactions by hand.
    public Connection dedicated() throws SQLException {
        Connection connection = DriverManager.getConnection(address.url(), properties(address));
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// The typed form of an error that is nobody's fault who asked.
    public static LedgerUnavailable unavailable(SQLException error) {
        return new LedgerUnavailable("The ledger cannot be used now: " + Fault.words(error) + ".", error);
    }

    /// How the pool is used now.
    public PoolUse use() {
        HikariPoolMXBean bean = pool.getHikariPoolMXBean();
        return new PoolUse(
                bean.getActiveConnections(), bean.getIdleConnections(), bean.getThreadsAwaitingConnection(), POOL);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void refuseOldServer(DatabaseAddress address) {
        try (Connection connection = DriverManager.getConnection(address.url(), properties(address));
                Statement statement = connection.createStatement();
                var result = statement.executeQuery(
                        "SELECT current_setting('server_version_num')::int, current_setting('server_version')")) {
            if (result.next() && result.getInt(1) < OLDEST_SERVER) {
                throw new UnusableDatabaseException("The database is PostgreSQL " + result.getString(2)
                        + "; Muster needs 15 or later. Upgrade the server, or leave database.url out to use the"
                        + " bundled one.");
            }
        } catch (SQLException e) {
            throw new UnusableDatabaseException(
                    "The database " + address + " cannot be reached: " + Fault.words(e)
                            + ". Check database.url, its user and password, and that the server runs.",
                    e);
        }
    }

    private static void migrate(DatabaseAddress address) {
        try {
            Flyway.configure()
                    .dataSource(address.url(), address.user(), password(address))
                    .locations("classpath:io/muster/store/schema")
                    .defaultSchema(SCHEMA)
                    .createSchemas(true)
                    .validateMigrationNaming(true)
                    .failOnMissingLocations(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new UnusableDatabaseException(
                    "The schema of " + address + " cannot be brought up to date. A newer version of Muster may have"
                            + " changed it, or the user may not create in this database: "
                            + e.getErrorCode() + ".",
                    e);
        }
    }

    private static HikariConfig poolSettings(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("muster");
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(properties(address));
        config.setConnectionInitSql(SESSION);
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(2_000);
        config.setKeepaliveTime(60_000);
        config.setInitializationFailTimeout(10_000);
        return config;
    }

    private static Properties properties(DatabaseAddress address) {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", password(address));
        properties.setProperty("ApplicationName", "muster");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "45");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("prepareThreshold", "2");
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    private static String password(DatabaseAddress address) {
        return address.password()
                .map(secret -> new String(secret.reveal(), StandardCharsets.UTF_8))
                .orElse("");
    }
}
