package io.muster.store.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds a number that is neither a user nor a group of this machine.
final class FreeId {
    /// Above what `adduser` hands out in practice, below Debian's reserved 60000 and the dynamic users of systemd,
    /// and inside the 65536 numbers that a container usually has.
    private static final int FIRST = 58_000;

    private static final int COUNT = 1_900;

    private FreeId() {}

    /// The choice starts at a place that depends on the folder, so that two databases rarely share a number.
    static int pick(Path folder) throws IOException {
        Set<Integer> users = new HashSet<>();
        for (AccountFile.Entry user : AccountFile.read(Path.of("/etc/passwd"))) {
            users.addAll(List.of(user.id(), user.group()));
        }
        Set<Integer> groups = AccountFile.read(Path.of("/etc/group")).stream()
                .map(AccountFile.Entry::id)
                .collect(Collectors.toSet());
        return pick(folder, users, groups);
    }

    static int pick(Path folder, Set<Integer> users, Set<Integer> groups) {
        int start = Math.floorMod(folder.toAbsolutePath().toString().hashCode(), COUNT);
        for (int i = 0; i < COUNT; i++) {
            int id = FIRST + (start + i) % COUNT;
            if (!users.contains(id) && !groups.contains(id)) {
                return id;
            }
        }
        throw new IllegalStateException("Every user id from %d to %d is taken".formatted(FIRST, FIRST + COUNT - 1));
    }
}
