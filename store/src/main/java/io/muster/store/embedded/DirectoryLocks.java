package io.muster.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One process at a time works in a directory. The system gives a lock back when its holder dies, however it dies.
final class DirectoryLocks implements AutoCloseable {
    private static final int HOLDER_BYTES = 64;

    private final Map<Path, FileChannel> held = new LinkedHashMap<>();

    private DirectoryLocks() {}

    static DirectoryLocks take(Path directory) throws IOException {
        DirectoryLocks locks = new DirectoryLocks();
        locks.takeToo(directory);
        return locks;
    }

    /// Locks one more directory, unless it is held here already. A copied directory may point to the same data.
    void takeToo(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!held.containsKey(real)) {
            held.put(real, lock(real));
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            String holder = holder(channel);
            channel.close();
            throw new CannotRun(new Obstacle.InUse(directory, holder));
        }
        String me = "process " + ProcessHandle.current().pid();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(me.getBytes(StandardCharsets.UTF_8)), 0);
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(HOLDER_BYTES);
        int length = channel.read(text, 0);
        return length <= 0 ? "unknown process" : new String(text.array(), 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : held.values()) {
            channel.close();
        }
    }
}
