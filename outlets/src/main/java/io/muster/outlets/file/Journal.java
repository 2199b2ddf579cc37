package io.muster.outlets.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;

/// The files of a folder: the one that is written, and those that were full. Used by a single thread.
final class Journal implements AutoCloseable {

    static final String CURRENT = "telemetry.ndjson";

    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final long largest;
    private final InstantSource clock;
    private final FileChannel lock;
    private FileChannel file;
    private long end;

    private Journal(Path folder, long largest, InstantSource clock, FileChannel lock) throws IOException {
        this.folder = folder;
        this.largest = largest;
        this.clock = clock;
        this.lock = lock;
        this.file = open();
        this.end = wholeLines(file);
    }

    /// @param largest bytes after which a file is full
    static Journal open(Path folder, long largest, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = channel(folder.resolve("lock"));
        try {
            held(lock, folder);
            return new Journal(folder, largest, clock, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// Two servers in one file would cut each other's lines off.
    private static void held(FileChannel lock, Path folder) throws IOException {
        try {
            FileLock held = lock.tryLock();
            if (held == null) {
                throw new IOException("another server writes to " + folder);
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException("this server writes to " + folder + " already", e);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel opened = channel(folder.resolve(CURRENT));
        force(folder);
        return opened;
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(
                path, APPENDING, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /// A line that a crash cut off was never acknowledged: it is dropped.
    private static long wholeLines(FileChannel file) throws IOException {
        long size = file.size();
        ByteBuffer octet = ByteBuffer.allocate(1);
        while (size > 0) {
            octet.clear();
            file.read(octet, size - 1);
            if (octet.get(0) == '\n') {
                break;
            }
            size--;
        }
        file.truncate(size);
        return size;
    }

    /// Writes lines, and returns when they are on disk. When it throws, none of them is there.
    void write(List<byte[]> lines) throws IOException {
        if (end >= largest) {
            turn();
        }
        int size = lines.stream().mapToInt(line -> line.length).sum();
        ByteBuffer all = ByteBuffer.allocate(size);
        lines.forEach(all::put);
        all.flip();
        try {
            long at = end;
            while (all.hasRemaining()) {
                at += file.write(all, at);
            }
            file.force(false);
            end = at;
        } catch (IOException e) {
            file.truncate(end);
            throw e;
        }
    }

    /// The full file gets a name of its own, and an empty one takes its place.
    private void turn() throws IOException {
        Path full = folder.resolve("telemetry-" + MOMENT.format(clock.instant()) + ".ndjson");
        for (int i = 2; Files.exists(full); i++) {
            full = folder.resolve("telemetry-" + MOMENT.format(clock.instant()) + "-" + i + ".ndjson");
        }
        Files.move(folder.resolve(CURRENT), full);
        FileChannel before = file;
        file = open();
        end = wholeLines(file);
        before.close();
    }

    /// The folder's own entries, too.
    private static void force(Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        lock.close();
    }
}
