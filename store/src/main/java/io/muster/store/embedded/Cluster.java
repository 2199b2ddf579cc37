package io.muster.store.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder with the data: made once, opened ever after.
final class Cluster {
    /// The owner of everything in the database.
    static final String USER = "muster";

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final String UNFINISHED = "initializing-";

    private Cluster() {}

    /// Opens the data of `home`, or makes them. Afterwards the folder is whole, of our major version, and owned by
    /// the account that the server runs as.
    static Password open(Home home, Programs programs) throws IOException {
        removeUnfinished(home.folder());
        Path passwordFile = home.password();
        if (!Files.exists(home.cluster())) {
            Folders.writeSecret(passwordFile, Password.random().reveal() + "\n");
            initialize(home, programs, passwordFile);
        }
        refuseOtherMajor(home.cluster(), programs.major());
        if (rootOwns(home)) {
            home.account().own(home.cluster());
        }
        if (!Files.exists(passwordFile)) {
            throw new CannotRun(new Obstacle.PasswordLost(passwordFile));
        }
        Configuration.write(home.cluster(), home.account());
        return Password.of(Files.readString(passwordFile).strip());
    }

    /// A crash before the rename leaves a folder that the next start removes.
    private static void initialize(Home home, Programs programs, Path passwordFile) throws IOException {
        long start = System.nanoTime();
        Path workplace = Files.createTempDirectory(home.folder(), UNFINISHED);
        Path password = workplace.resolve("password");
        Files.copy(passwordFile, password);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        Account founder = home.account().founder();
        founder.own(workplace);
        Path fresh = workplace.resolve("cluster");
        run(Launch.as(founder, home.folder())
                .builder(List.of(
                        programs.initdb().toString(),
                        "--pgdata=" + fresh,
                        "--username=" + USER,
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--data-checksums",
                        "--encoding=UTF8",
                        "--locale=C")));
        Configuration.write(fresh, home.account());
        home.account().own(fresh);
        Files.move(fresh, home.cluster(), StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(home.folder());
        Folders.delete(workplace);
        LOG.info("Initialized a new database in {} in {} ms", home.cluster(), (System.nanoTime() - start) / 1_000_000);
    }

    private static void run(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new CannotRun(new Obstacle.NotInitialized(LastWords.of(words)));
        }
    }

    private static void removeUnfinished(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (String.valueOf(entry.getFileName()).startsWith(UNFINISHED)) {
                    Folders.delete(entry);
                }
            }
        }
    }

    private static void refuseOtherMajor(Path cluster, String bundled) throws IOException {
        if (!Files.isReadable(cluster.resolve("PG_VERSION"))) {
            throw new CannotRun(new Obstacle.NotOurs(cluster));
        }
        String found = Files.readString(cluster.resolve("PG_VERSION")).strip();
        if (!found.equals(bundled)) {
            throw new CannotRun(new Obstacle.OtherMajor(cluster, found, bundled));
        }
    }

    /// A folder that root copied, as from a backup: the server could not read it.
    private static boolean rootOwns(Home home) throws IOException {
        return home.account() instanceof Account.Dedicated && Account.owner(home.cluster()) == Account.ROOT;
    }
}
