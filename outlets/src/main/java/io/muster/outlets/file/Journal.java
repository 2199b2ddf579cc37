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

    static final String ENDING = ".ndjson";

    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String name;
    private final long largest;
    private final InstantSource clock;
    private final FileChannel lock;
    private FileChannel file;
    private long end;

    private Journal(Path folder, String name, long largest, InstantSource clock, FileChannel lock) throws IOException {
        this.folder = folder;
        this.name = name;
        this.largest = largest;
        this.clock = clock;
        this.lock = lock;
        this.file = open();
        this.end = wholeLines(file);
    }

    /// @param name    of the file that is written, without its ending; of the full ones, the beginning
    /// @param largest bytes after which a file is full
    static Journal open(Path folder, String name, long largest, InstantSource clock) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = channel(folder.resolve(name + ".lock"));
        try {
            held(lock, folder);
            return new Journal(folder, name, largest, clock, lock);
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
        FileChannel opened = channel(folder.resolve(name + ENDING));
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

    /// Writes lines, and returns when they are on disk. When it throws, none of them counts: what is there of them is
    /// cut off before the next ones.
    void write(List<byte[]> lines) throws IOException {
        if (end >= largest) {
            turn();
        }
        if (file.size() != end) {
            file.truncate(end);
        }
        ByteBuffer all = joined(lines);
        long at = end;
        while (all.hasRemaining()) {
            at += file.write(all, at);
        }
        file.force(false);
        end = at;
    }

    private static ByteBuffer joined(List<byte[]> lines) {
        ByteBuffer all =
                ByteBuffer.allocate(lines.stream().mapToInt(line -> line.length).sum());
        lines.forEach(all::put);
        return all.flip();
    }

    /// The full file gets a name of its own, and an empty one takes its place. A turn that failed half-way is ended by
    /// the next one.
    private void turn() throws IOException {
        Path current = folder.resolve(name + ENDING);
        if (Files.exists(current)) {
            Files.move(current, unused());
        }
        FileChannel before = file;
        file = open();
        end = 0;
        before.close();
    }

    private Path unused() {
        String moment = MOMENT.format(clock.instant());
        Path full = folder.resolve(name + "-" + moment + ENDING);
        for (int i = 2; Files.exists(full); i++) {
            full = folder.resolve(name + "-" + moment + "-" + i + ENDING);
        }
        return full;
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
