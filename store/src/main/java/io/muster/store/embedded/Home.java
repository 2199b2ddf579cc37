package io.muster.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the database lives, and as whom it runs.
///
/// That is the directory Muster was given. Only where Muster is root and the server's own account could not get
/// there, the database lives in a refuge, and a note in the directory says where.
record Home(Path folder, Account account) {
    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    private static final String NOTE = "moved-to";

    Path cluster() {
        return cluster(folder);
    }

    Path password() {
        return folder.resolve("password");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    private static Path cluster(Path folder) {
        return folder.resolve("cluster");
    }

    /// The caller holds the lock of `directory`.
    static Home choose(Path directory, Path refuge) throws IOException {
        Path note = directory.resolve(NOTE);
        Path folder = Files.exists(note) ? Path.of(Files.readString(note).strip()) : directory;
        Account account = Account.of(cluster(folder));
        Set<Path> closed = account.closedTo(folder);
        if (closed.isEmpty()) {
            return new Home(folder, account);
        }
        Path first = closed.stream().min(Path::compareTo).orElseThrow();
        if (Files.exists(cluster(folder)) || !(account instanceof Account.Dedicated dedicated)) {
            throw unreachable(folder, first, account);
        }
        Path elsewhere = moveOut(refuge, account);
        Folders.writeSecret(note, elsewhere + "\n");
        LOG.warn(
                "PostgreSQL must not run as root, so it runs as user id {}, which may not enter {}: the database goes to {} instead. To have it in {}, stop Muster, run chmod o+x {}, and start with a new directory.",
                dedicated.uid(),
                first,
                elsewhere,
                directory,
                first);
        return new Home(elsewhere, account);
    }

    /// The name is new each time: a directory that was deleted and made again must not find its former self.
    private static Path moveOut(Path refuge, Account account) throws IOException {
        Path elsewhere = Files.createTempDirectory(Folders.open(refuge), "postgresql-");
        Files.delete(elsewhere);
        Folders.open(elsewhere);
        Set<Path> closed = account.closedTo(elsewhere);
        if (!closed.isEmpty()) {
            throw unreachable(elsewhere, closed.stream().min(Path::compareTo).orElseThrow(), account);
        }
        return elsewhere;
    }

    private static CannotRun unreachable(Path folder, Path closed, Account account) {
        int uid = account instanceof Account.Dedicated dedicated ? dedicated.uid() : Account.ROOT;
        return new CannotRun(new Obstacle.Unreachable(folder, closed, uid));
    }
}
