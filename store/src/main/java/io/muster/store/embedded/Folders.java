package io.muster.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Folders and files that survive a power cut.
final class Folders {
    private static final int SYNCS_AT_ONCE = 16;

    /// Others may pass through, but not look around.
    private static final FileAttribute<Set<PosixFilePermission>> PASSABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));

    private static final FileAttribute<Set<PosixFilePermission>> SECRET =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Folders() {}

    /// Makes sure that the folder exists; every level that is new lets others pass, but not look around.
    static Path open(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return folder;
        }
        open(parent(folder));
        try {
            Files.createDirectory(folder, PASSABLE);
        } catch (FileAlreadyExistsException e) {
            return folder;
        }
        // The umask may have taken away what the server's account needs.
        Files.setPosixFilePermissions(folder, PASSABLE.value());
        return folder;
    }

    static Path parent(Path path) {
        @Nullable Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.getRoot() : parent;
    }

    /// Writes a small file that only its owner may read: whole and on disk, or not at all.
    static void writeSecret(Path file, String content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, SECRET);
        Files.writeString(temporary, content);
        sync(temporary);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(file));
    }

    /// Puts a file, or the entries of a folder, on disk.
    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Puts a whole tree on disk. Many at a time: the file system then commits many files in one go.
    static void syncAll(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root);
                ExecutorService threads = Executors.newFixedThreadPool(SYNCS_AT_ONCE)) {
            List<Future<?>> syncs = all.filter(path -> !Files.isSymbolicLink(path))
                    .<Future<?>>map(path -> threads.submit(() -> {
                        sync(path);
                        return path;
                    }))
                    .toList();
            for (Future<?> sync : syncs) {
                sync.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("could not put " + root + " on disk", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while putting " + root + " on disk", e);
        }
    }

    /// Deletes a folder and all that is in it; links are removed, not followed.
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
