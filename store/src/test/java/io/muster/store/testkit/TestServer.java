package io.muster.store.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// The servers that the store promises to run on. Each starts when a test first asks for it, once in a test's JVM:
/// `@ParameterizedTest @EnumSource(TestServer.class) void a_promise_holds(TestServer server)`.
public enum TestServer {
    /// The bundled PostgreSQL, as the product starts it.
    EMBEDDED,

    /// The newest PostgreSQL that Debian's packages put on this machine. A test that asks for it where there is none
    /// is skipped, by name.
    EXTERNAL;

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /// An empty database of the caller's own.
    public TestDatabase fresh() {
        TestDatabase main =
                switch (this) {
                    case EMBEDDED -> BundledServer.RUNNING;
                    case EXTERNAL -> main(DebianServer.running());
                };
        String name = "test_%s_%d".formatted(name().toLowerCase(Locale.ROOT), DATABASES.incrementAndGet());
        try (Connection connection = DriverManager.getConnection(main.url(), main.user(), main.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("No fresh database on the " + this + " server", e);
        }
        return main.named(name);
    }

    private static TestDatabase main(Optional<TestDatabase> server) {
        return server.orElseGet(() -> abort(DebianServer.ABSENT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT) + " PostgreSQL";
    }
}
