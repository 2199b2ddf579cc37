package io.muster.server.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// An OCI image in a tar file (OCI Image Format, image layout), unpacked blob by blob.
public final class OciImage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path layout;
    private final JsonNode manifest;
    private final JsonNode config;

    private OciImage(Path layout) throws IOException {
        this.layout = layout;
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        this.manifest = JSON.readTree(blob(index.path("manifests").get(0)).toFile());
        this.config = JSON.readTree(blob(manifest.path("config")).toFile());
    }

    public static OciImage open(Path tar) throws IOException {
        Path layout = Ground.folder("image");
        try (InputStream file = Files.newInputStream(tar)) {
            unpack(file, layout);
        }
        return new OciImage(layout);
    }

    /// How it runs.
    public JsonNode config() {
        return config.path("config");
    }

    /// What is in it, by path: the layers laid over one another.
    public Map<String, TarArchiveEntry> files() throws IOException {
        Map<String, TarArchiveEntry> files = new TreeMap<>();
        for (JsonNode layer : manifest.path("layers")) {
            try (InputStream blob = new GZIPInputStream(Files.newInputStream(blob(layer)));
                    TarArchiveInputStream entries = new TarArchiveInputStream(blob)) {
                for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                    files.put("/" + entry.getName().replaceFirst("/$", ""), entry);
                }
            }
        }
        return files;
    }

    /// Lays its layers over one another in a folder.
    public void unpackTo(Path root) throws IOException {
        for (JsonNode layer : manifest.path("layers")) {
            try (InputStream blob = new GZIPInputStream(Files.newInputStream(blob(layer)))) {
                unpack(blob, root);
            }
        }
    }

    /// A blob, whose digest is right.
    private Path blob(JsonNode descriptor) throws IOException {
        String digest = descriptor.path("digest").asText();
        Path blob = layout.resolve("blobs").resolve(digest.replace(':', '/'));
        try {
            byte[] found = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(blob));
            if (!digest.equals("sha256:" + HexFormat.of().formatHex(found))) {
                throw new AssertionError(blob + " is not what its digest says");
            }
            return blob;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void unpack(InputStream tar, Path root) throws IOException {
        try (TarArchiveInputStream entries = new TarArchiveInputStream(tar)) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = root.resolve(entry.getName()).normalize();
                if (!file.startsWith(root) || entry.isSymbolicLink()) {
                    throw new AssertionError(entry.getName() + " has no place in an image of ours");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.setPosixFilePermissions(file, permissions(entry.getMode()));
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        char[] letters = "rwxrwxrwx".toCharArray();
        for (int bit = 0; bit < letters.length; bit++) {
            if ((mode & (1 << (8 - bit))) == 0) {
                letters[bit] = '-';
            }
        }
        return PosixFilePermissions.fromString(new String(letters));
    }
}
