package io.muster.store.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// The account that the server runs as: PostgreSQL refuses root.
sealed interface Account {
    int ROOT = 0;

    /// Above are ordinary users and, far above, `nobody`, who belongs to everybody.
    int LAST_SYSTEM_ID = 999;

    /// The ordinary user who runs Muster.
    record Own() implements Account {}

    /// A user id that nobody else has, for this database alone; Muster itself is root.
    record Dedicated(int uid, int gid) implements Account {}

    static boolean weAreRoot() {
        return new UnixSystem().getUid() == ROOT;
    }

    /// The account of a database that is or will be in `cluster`. The owner of the folder is the memory of the
    /// choice.
    static Account of(Path cluster) throws IOException {
        if (!weAreRoot()) {
            return new Own();
        }
        if (Files.isDirectory(cluster) && owner(cluster) != ROOT) {
            return new Dedicated(owner(cluster), group(cluster));
        }
        int id = FreeId.pick(cluster);
        return new Dedicated(id, id);
    }

    /// Who may run `initdb`, which (unlike the server) insists on a user that has a name: as root a system account
    /// without any process, for these two seconds. Afterwards its work is handed to the dedicated account.
    default Account founder() throws IOException {
        return switch (this) {
            case Own own -> own;
            case Dedicated dedicated ->
                AccountFile.read(Path.of("/etc/passwd")).stream()
                        .filter(user -> user.id() > ROOT && user.id() <= LAST_SYSTEM_ID)
                        .filter(user -> ProcessHandle.allProcesses().noneMatch(process -> isOf(user.name(), process)))
                        .map(user -> new Dedicated(user.id(), user.group()))
                        .findFirst()
                        .orElseThrow(() -> new CannotRun(new Obstacle.NoFounder()));
        };
    }

    private static boolean isOf(String user, ProcessHandle process) {
        return process.info().user().filter(user::equals).isPresent();
    }

    /// Hands a folder, and all that is in it, to this account.
    default void own(Path folder) throws IOException {
        switch (this) {
            case Own() -> {}
            case Dedicated(int uid, int gid) -> {
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path path : (Iterable<Path>) all::iterator) {
                        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
                    }
                }
            }
        }
    }

    /// The folders from the root down to `folder` that this account may not enter.
    default Set<Path> closedTo(Path folder) throws IOException {
        Set<Path> closed = new HashSet<>();
        if (this instanceof Dedicated(int uid, int gid)) {
            for (Path level = folder.toRealPath(); level != null; level = level.getParent()) {
                if (!passable(level, uid, gid)) {
                    closed.add(level);
                }
            }
        }
        return closed;
    }

    private static boolean passable(Path folder, int uid, int gid) throws IOException {
        PosixFilePermission needed = owner(folder) == uid
                ? PosixFilePermission.OWNER_EXECUTE
                : group(folder) == gid ? PosixFilePermission.GROUP_EXECUTE : PosixFilePermission.OTHERS_EXECUTE;
        return Files.getPosixFilePermissions(folder).contains(needed);
    }

    static int owner(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid");
    }

    private static int group(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:gid");
    }
}
