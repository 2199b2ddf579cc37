package io.muster.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's programs, unpacked once into a folder that bears the hash of the archive they came from.
record Programs(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(Programs.class);

    Path postgres() {
        return folder.resolve("bin/postgres");
    }

    Path initdb() {
        return folder.resolve("bin/initdb");
    }

    /// The version of what is bundled, e.g. `18.4`.
    String version() throws IOException {
        return Files.readString(folder.resolve(Archive.VERSION_FILE)).strip();
    }

    String major() throws IOException {
        String version = version();
        int dot = version.indexOf('.');
        return dot < 0 ? version : version.substring(0, dot);
    }

    /// Finds the programs below `store`, or unpacks them there. A crash leaves a temporary folder, never half a
    /// server.
    static Programs unpack(Path store, Platform platform) throws IOException {
        Path folder = store.resolve(hash(platform));
        if (!Files.isDirectory(folder)) {
            long start = System.nanoTime();
            Archive.unpack(resource(platform), folder);
            LOG.info(
                    "Unpacked the bundled PostgreSQL into {} in {} ms",
                    folder,
                    (System.nanoTime() - start) / 1_000_000);
        }
        return new Programs(folder);
    }

    private static String hash(Platform platform) throws IOException {
        try (InputStream archive = resource(platform)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = archive.read(buffer); read >= 0; read = archive.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static InputStream resource(Platform platform) {
        @Nullable InputStream archive = Programs.class.getResourceAsStream(platform.resource());
        if (archive == null) {
            throw new CannotRun(new Obstacle.UnknownPlatform(platform + " (this build left its archive out)"));
        }
        return archive;
    }
}
