package io.muster.store.embedded;

import io.muster.store.embedded.EmbeddedPostgres.Settings;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// A process that a test starts in order to kill it: a server runs, and a line says its process number.
final class StartsAndWaits {
    static final String SERVER = "server ";

    private StartsAndWaits() {}

    @SuppressWarnings("SystemOut") // the line is what the test waits for
    public static void main(String[] arguments) {
        EmbeddedPostgres postgres =
                EmbeddedPostgres.start(Settings.in(Path.of(arguments[0])).sharing(Path.of(arguments[1])));
        System.out.println(SERVER + postgres.pid());
        while (postgres.health().serves()) {
            LockSupport.parkNanos(100_000_000L);
        }
    }
}
