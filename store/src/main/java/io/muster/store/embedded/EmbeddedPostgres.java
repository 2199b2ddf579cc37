package io.muster.store.embedded;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundled PostgreSQL, running: on loopback, with a password of its own, everything it acknowledges on disk.
///
/// It stays up by itself: a server that dies is started again, and recovers. It ends with `close`; where this JVM is
/// killed first, the server stops by itself (Linux) or is found and stopped at the next start.
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int PORTS_TRIED = 5;

    private final DirectoryLocks locks;
    private final Server server;
    private final Supervisor supervisor;

    private EmbeddedPostgres(DirectoryLocks locks, Server server, Supervisor supervisor) {
        this.locks = locks;
        this.server = server;
        this.supervisor = supervisor;
    }

    /// Where it lives.
    ///
    /// @param directory a folder for the database alone; made where it is missing
    /// @param refuge    where the data go when Muster is root and the server's account may not enter `directory`
    /// @param programs  where the programs are unpacked; absent: beside the data
    public record Settings(
            Path directory, Path refuge, @Nullable Path programs) {
        public Settings {
            directory = directory.toAbsolutePath().normalize();
        }

        public static Settings in(Path directory) {
            return new Settings(directory, Path.of("/var/lib/muster"), null);
        }

        /// The same with programs that several databases share.
        public Settings sharing(Path folder) {
            return new Settings(directory, refuge, folder.toAbsolutePath().normalize());
        }

        Path programs(Home home) {
            return programs == null ? home.folder().resolve("programs") : programs;
        }
    }

    /// Starts the server and returns when it answers. Throws CannotRun with the obstacle in words.
    public static EmbeddedPostgres start(Settings settings) {
        try {
            return open(settings);
        } catch (IOException e) {
            throw new CannotRun(
                    new Obstacle.FileTrouble("Preparing the database in " + settings.directory(), e.toString()), e);
        }
    }

    private static EmbeddedPostgres open(Settings settings) throws IOException {
        long start = System.nanoTime();
        DirectoryLocks locks = DirectoryLocks.take(Folders.open(settings.directory()));
        try {
            Home home = Home.choose(settings.directory(), settings.refuge());
            locks.takeToo(home.folder());
            Programs programs = Programs.unpack(settings.programs(home), Platform.here());
            Launch launch = Launch.as(home.account(), home.folder());
            Orphan.stop(home.cluster());
            Password password = Cluster.open(home, programs);
            EmbeddedPostgres running = run(locks, launch, programs, home, password);
            LOG.info(
                    "PostgreSQL {} answers on 127.0.0.1:{} after {} ms (data in {})",
                    programs.version(),
                    running.server.port(),
                    (System.nanoTime() - start) / 1_000_000,
                    home.cluster());
            return running;
        } catch (IOException | RuntimeException e) {
            locks.close();
            throw e;
        }
    }

    /// Between finding a free port and taking it, another program may take it: then the next one is tried.
    private static EmbeddedPostgres run(
            DirectoryLocks locks, Launch launch, Programs programs, Home home, Password password) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Server server = new Server(launch, programs, home, password, Server.freePort());
            try {
                return new EmbeddedPostgres(locks, server, Supervisor.start(server));
            } catch (CannotRun e) {
                if (attempt == PORTS_TRIED || !lostItsPort(e.obstacle())) {
                    throw e;
                }
            }
        }
    }

    private static boolean lostItsPort(Obstacle obstacle) {
        return obstacle instanceof Obstacle.NotStarted(String lastWords, Path log)
                && lastWords.contains("could not create any TCP/IP sockets");
    }

    /// For JDBC; the same over all restarts of the server's process.
    public String url() {
        return server.url();
    }

    public String user() {
        return Cluster.USER;
    }

    public Password password() {
        return server.password();
    }

    /// The server's process at this moment; -1 while there is none.
    public long pid() {
        return supervisor.pid();
    }

    public Health health() {
        return supervisor.health();
    }

    /// Where the data really are: not always where they were asked to be (see Settings).
    public Path cluster() {
        return server.home().cluster();
    }

    /// Stops the server: sessions are ended, a checkpoint is written. Takes up to 35 seconds, usually under one.
    @Override
    public void close() {
        supervisor.stop();
        try {
            locks.close();
        } catch (IOException e) {
            LOG.warn("The lock of the database directory could not be closed: {}", e.getMessage());
        }
    }
}
