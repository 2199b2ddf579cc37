package io.muster.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// What tells a file from every other one, as the server tells it.
final class FileDigest {

    private FileDigest() {}

    /// SHA-256, lower-case hexadecimal; empty where the file cannot be read.
    static Optional<String> of(Path file) {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream read = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            read.transferTo(OutputStream.nullOutputStream());
            return Optional.of(HexFormat.of().formatHex(read.getMessageDigest().digest()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
