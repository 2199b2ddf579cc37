package io.muster.server.house;

import io.muster.server.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/// The folder in which an installation keeps what it needs besides the database and the keyring.
///
/// @param root the folder that the operator named
public record DataDirectory(Path root) {

    private static final int TOKEN_BYTES = 32;
    private static final int SHORTEST_TOKEN = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /// Opens the folder, or makes it.
    public static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            if (!Files.isWritable(root)) {
                throw new SettingsException(root + " cannot be written. Give another folder with --data.");
            }
            return new DataDirectory(root);
        } catch (IOException e) {
            throw new SettingsException(
                    root + " cannot be the data directory (" + e.getMessage() + "). Give another one with --data.");
        }
    }

    /// The bootstrap token with the owner's role: read, or made at the first start.
    public String adminToken() {
        Path file = adminTokenFile();
        try {
            if (!Files.exists(file)) {
                write(file, newToken() + "\n", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw new SettingsException(file + " can be read by others. Run: chmod 600 " + file);
            }
            String token = Files.readString(file).strip();
            if (token.length() < SHORTEST_TOKEN) {
                throw new SettingsException(file + " holds no token of " + SHORTEST_TOKEN
                        + " characters or more. Delete it, and the next start makes a new one.");
            }
            return token;
        } catch (IOException e) {
            throw new SettingsException(file + " cannot be used: " + e.getMessage());
        }
    }

    public Path adminTokenFile() {
        return root.resolve("admin.token");
    }

    /// The anchor that clients of this server trust.
    public Path serverAnchor() {
        return root.resolve("trust").resolve("server-ca.pem");
    }

    public Path database() {
        return root.resolve("postgres");
    }

    /// Tells local commands where the desk is.
    public void publishDesk(URI desk) {
        try {
            write(root.resolve("desk.url"), desk + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text, FileAttribute<?>... attributes) throws IOException {
        Path temporary =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", attributes);
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
