package io.muster.outlets.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom a client trusts.
public final class TrustAnchors {

    private static final long LARGEST_FILE = 1024 * 1024;

    private TrustAnchors() {}

    /// For a client that shows no certificate of its own.
    ///
    /// @param file PEM certificates; empty for those that Java trusts
    /// @throws IOException when there is no certificate to read in it
    public static SSLContext context(Optional<Path> file) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, of(file).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    /// @param file PEM certificates; empty for those that Java trusts
    /// @throws IOException when there is no certificate to read in it
    public static TrustManagerFactory of(Optional<Path> file) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(file.isPresent() ? anchors(file.get()) : (KeyStore) null);
            return trust;
        } catch (GeneralSecurityException e) {
            throw new IOException("it holds something that is no certificate", e);
        }
    }

    private static KeyStore anchors(Path file) throws IOException, GeneralSecurityException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("it is larger than " + LARGEST_FILE + " bytes");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new IOException("it holds no certificate");
            }
            int number = 0;
            for (Certificate certificate : found) {
                store.setCertificateEntry("anchor-" + number++, certificate);
            }
        }
        return store;
    }
}
