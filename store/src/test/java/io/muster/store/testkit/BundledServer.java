package io.muster.store.testkit;

import io.muster.store.embedded.EmbeddedPostgres;
import io.muster.store.embedded.EmbeddedPostgres.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The bundled server of this JVM's tests.
final class BundledServer {
    /// Several nodes of a test share one server.
    private static final String MANY_CONNECTIONS = "max_connections = 200\n";

    static final TestDatabase RUNNING = start();

    private BundledServer() {}

    private static TestDatabase start() {
        Path ground = TestGround.create("bundled");
        Settings settings = Settings.in(ground.resolve("postgresql"));
        try (EmbeddedPostgres first = EmbeddedPostgres.start(settings)) {
            Path local = Files.writeString(first.cluster().resolve("local.conf"), MANY_CONNECTIONS);
            TestGround.readable(local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings);
        TestGround.atTheEnd(ground, postgres::close);
        return new TestDatabase(
                postgres.url(), postgres.user(), postgres.password().reveal());
    }
}
