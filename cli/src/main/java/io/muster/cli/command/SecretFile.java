package io.muster.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A new file for a secret, that this user alone may read. It is made before the server is asked: what is shown once
/// must not be lost because there is no place for it.
record SecretFile(Path path) {

    /// Makes the file, or says why it cannot be made.
    static final class Maker implements ITypeConverter<SecretFile> {
        @Override
        public SecretFile convert(String value) {
            Path path = Path.of(value);
            try {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                return new SecretFile(path);
            } catch (FileAlreadyExistsException _) {
                throw new TypeConversionException(value + " is there already, and may hold a key that is in use");
            } catch (IOException e) {
                throw new TypeConversionException(value + " cannot be made: " + e.getMessage());
            }
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
