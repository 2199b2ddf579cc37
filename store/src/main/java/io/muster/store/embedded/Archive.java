package io.muster.store.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// A bundled archive of programs, and how it becomes a folder: all of it, or nothing.
final class Archive {
    /// Where an unpacked folder says which version it holds.
    static final String VERSION_FILE = "version";

    private static final String UNFINISHED = "unpacking-";
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final int OWNER_EXECUTE = 0100;

    private Archive() {}

    /// Unpacks into a temporary neighbour and renames it: whoever sees `folder` sees a whole one, after a power cut
    /// too.
    static void unpack(InputStream archive, Path folder) throws IOException {
        Path store = Folders.open(Folders.parent(folder));
        removeAbandoned(store);
        Path temporary = Files.createTempDirectory(store, UNFINISHED);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(entry, tar, temporary);
            }
            Files.writeString(temporary.resolve(VERSION_FILE), version(temporary) + "\n");
            Folders.syncAll(temporary);
            move(temporary, folder);
        } finally {
            Folders.delete(temporary);
        }
    }

    private static void removeAbandoned(Path store) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> entries = Files.list(store)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                if (String.valueOf(entry.getFileName()).startsWith(UNFINISHED)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(limit)) {
                    Folders.delete(entry);
                }
            }
        }
    }

    private static void place(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("the archive reaches outside of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(Folders.parent(target));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            boolean program = (entry.getMode() & OWNER_EXECUTE) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /// Asks the server itself, e.g. `postgres (PostgreSQL) 18.4`.
    private static String version(Path unpacked) throws IOException {
        Process asked = new ProcessBuilder(unpacked.resolve("bin/postgres").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!answer.startsWith("postgres (PostgreSQL) ")) {
            throw new IOException("the unpacked server does not run here: " + answer);
        }
        return answer.substring(answer.lastIndexOf(' ') + 1);
    }

    private static void move(Path temporary, Path folder) throws IOException {
        try {
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
            // Somebody else unpacked the same archive at the same time: theirs is as good.
        }
        Folders.sync(Folders.parent(folder));
    }
}
