package io.muster.cli.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The data directory of a server on this machine: what can be said about it whether the server runs or not.
public final class DataFolder {

    private static final long LEAST_BYTES = 512L << 20;
    private static final long FEW_BYTES = 5L << 30;
    private static final int MOST_FILES = 10_000;

    private final Path data;

    public DataFolder(Path data) {
        this.data = data;
    }

    public List<Finding> findings() {
        if (!Files.isDirectory(data)) {
            return List.of(Finding.fail(
                    "data directory",
                    "There is no folder " + data + ".",
                    "Name the folder with which the server was started, or start one: muster up --data " + data));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(space());
        findings.add(SecretFile.finding(
                "admin token", data.resolve("admin.token"), "The first start makes it: muster up --data " + data));
        Path keyring = data.resolve("keyring");
        findings.add(
                Files.isDirectory(keyring)
                        ? keyring(keyring)
                        : Finding.ok("keyring", "It is not in " + data + "; keyring.dir says where."));
        return findings;
    }

    private Finding space() {
        try {
            FileStore disk = Files.getFileStore(data);
            long left = disk.getUsableSpace();
            String what = "The disk of " + data + " has " + words(left) + " left.";
            if (left < LEAST_BYTES) {
                return Finding.fail(
                        "disk", what + " The database stops when it is full.", "Make room, or grow the disk.");
            }
            return left < FEW_BYTES
                    ? Finding.warn("disk", what, "Make room, or grow the disk, before it is full.")
                    : Finding.ok("disk", what);
        } catch (IOException e) {
            return Finding.warn("disk", "The disk of " + data + " cannot be asked: " + e.getMessage(), "Look with df.");
        }
    }

    static String words(long bytes) {
        return bytes < 1L << 30 ? (bytes >> 20) + " MiB" : (bytes >> 30) + " GiB";
    }

    /// Its folders are 0700 and its files 0600: whoever reads it reads the database.
    private Finding keyring(Path keyring) {
        try (Stream<Path> files = Files.walk(keyring, 8)) {
            List<Path> open = files.limit(MOST_FILES).filter(SecretFile::open).toList();
            if (open.isEmpty()) {
                return Finding.ok(
                        "keyring", keyring + " is its owner's alone. Is there a backup, apart from the database?");
            }
            return Finding.fail(
                    "keyring",
                    open.getFirst() + (open.size() > 1 ? " and " + (open.size() - 1) + " more" : "")
                            + " can be read or written by others; who has the keyring reads the database.",
                    "chmod -R go= " + keyring);
        } catch (IOException | UncheckedIOException e) {
            return Finding.warn(
                    "keyring",
                    keyring + " cannot be looked at: " + e.getMessage(),
                    "Run as the user that runs the server.");
        }
    }
}
