package io.muster.x509.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/// Small PEM files: read within a bound, written so that a crash leaves the old file or the new one, never half of one.
final class PemFile {

    private static final int MAX_BYTES = 256 * 1024;

    /// Who may read a file.
    enum Readers {
        OWNER("rw-------"),
        EVERYBODY("rw-r--r--");

        private final String permissions;

        Readers(String permissions) {
            this.permissions = permissions;
        }

        private FileAttribute<?>[] attributes() {
            return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                    }
                    : new FileAttribute<?>[0];
        }
    }

    private PemFile() {}

    static List<PemObject> read(Path file) {
        return parse(file, text(file));
    }

    static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TlsFault(
                        file + " is longer than " + MAX_BYTES + " bytes; that is no certificate or key file.");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsFault(file + " is missing. Put it there, or change the setting that names it.", e);
        } catch (IOException e) {
            throw new TlsFault(file + " cannot be read (" + e.getMessage() + "). Check its owner and permissions.", e);
        }
    }

    static List<PemObject> parse(Path file, String text) {
        try {
            PemReader reader = new PemReader(new StringReader(text));
            List<PemObject> blocks = new ArrayList<>();
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
            return blocks;
        } catch (IOException | RuntimeException e) {
            throw new TlsFault(file + " is not well-formed PEM. Write it again.", e);
        }
    }

    static void write(Path file, Readers readers, PemObject... blocks) {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
            Files.createDirectories(folder);
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            writeSynced(fresh, readers, encode(blocks));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(folder);
        } catch (IOException e) {
            throw new TlsFault(file + " cannot be written (" + e.getMessage() + "). Check the folder and the disk.", e);
        }
    }

    private static void writeSynced(Path file, Readers readers, byte[] content) throws IOException {
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, readers.attributes())) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /// The rename itself must survive a power cut. Where a folder cannot be opened (Windows), the file system sees to
    /// it.
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException _) {
            // Nothing more can be done, and nothing is lost but time after a power cut.
        }
    }

    private static byte[] encode(PemObject... blocks) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (PemObject block : blocks) {
                writer.writeObject(block);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
