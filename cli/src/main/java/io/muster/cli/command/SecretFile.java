package io.muster.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A new file for a secret, that this user alone may read. It is made before the server is asked: what is shown once
/// must not be lost because there is no place for it.
record SecretFile(Path path) {

    /// What came of making the file.
    sealed interface Made {

        record Ready(SecretFile file) implements Made {}

        record Failed(String why) implements Made {}
    }

    static Made at(Path path) {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new Made.Ready(new SecretFile(path));
        } catch (FileAlreadyExistsException _) {
            return new Made.Failed(path + " is there already, and may hold a key that is in use.");
        } catch (IOException e) {
            return new Made.Failed(path + " cannot be made: " + e.getMessage() + ".");
        }
    }

    /// False where the disk does not take it.
    boolean write(String secret) {
        try {
            Files.write(path, (secret + "\n").getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Takes the empty file away again.
    void discard() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException _) {
            return;
        }
    }
}
