package io.muster.server.aws;

import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.Ground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A device's certificate, with its intermediates, and its key in files: in memory the SDK takes one certificate alone.
record IdentityFiles(Path certificate, Path key) {

    static IdentityFiles of(X509Device device) {
        Path folder = Ground.folder("thing");
        try {
            return new IdentityFiles(
                    Files.writeString(folder.resolve("certificate.pem"), device.chainPem()),
                    Files.writeString(folder.resolve("key.pem"), device.privateKeyPem()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
