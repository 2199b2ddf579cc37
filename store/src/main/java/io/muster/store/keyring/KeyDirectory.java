package io.muster.store.keyring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The directory itself: who may read it, and how a file comes into it.
///
/// A file is written under a passing name, synced, and then linked to its own name: it is there whole or not at all,
/// also after a crash, and of two nodes that create the same file at once exactly one wins.
final class KeyDirectory {

    private static final int MAX_FILE_BYTES = 1 << 20;
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE = permissions("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY = permissions("rwx------");

    private final Path directory;
    private final RandomGenerator random;

    private KeyDirectory(Path directory, RandomGenerator random) {
        this.directory = directory;
        this.random = random;
    }

    static KeyDirectory open(Path directory, RandomGenerator random) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory, PRIVATE_DIRECTORY);
            }
            refuseWiderThan("rwx------", directory);
            return new KeyDirectory(directory.toAbsolutePath(), random);
        } catch (IOException e) {
            throw new KeyringException("The keyring directory " + directory + " cannot be opened: " + e, e);
        }
    }

    Path path() {
        return directory;
    }

    Optional<byte[]> read(String name) {
        Path file = directory.resolve(name);
        try {
            refuseWiderThan("rw-------", file);
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new KeyringException(file + " is no key file: it is longer than " + MAX_FILE_BYTES + " bytes.");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new KeyringException("The key file " + file + " cannot be read: " + e, e);
        }
    }

    /// Creates the file unless it exists. What counts afterwards is what [#read] returns, whoever wrote it.
    void publish(String name, byte[] content) {
        Path passing = directory.resolve("." + name + "." + HexFormat.of().toHexDigits(random.nextLong()));
        try {
            try {
                write(passing, content);
                Files.createLink(directory.resolve(name), passing);
            } catch (FileAlreadyExistsException e) {
                return;
            } finally {
                Files.deleteIfExists(passing);
            }
            syncDirectory();
        } catch (IOException | UnsupportedOperationException e) {
            throw new KeyringException(
                    "The key file " + name + " cannot be written into " + directory + ": " + e
                            + ". The directory must be writable and on a file system with hard links.",
                    e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, fresh, PRIVATE_FILE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    private void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void refuseWiderThan(String most, Path path) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!PosixFilePermissions.fromString(most).containsAll(found)) {
            throw new KeyringException(path + " is open to others (" + PosixFilePermissions.toString(found)
                    + "). Whoever read it could have copied the keys. If you trust that nobody did, run: chmod "
                    + (most.startsWith("rwx") ? "700 " : "600 ") + path);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
