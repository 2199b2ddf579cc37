package io.muster.x509.tls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/// Muster's own small CA for the names of its listeners, and for nothing else. Key and certificate lie in one file, so
/// that there is never one without the other; a lock keeps two starts from making two CAs.
public final class TlsAuthority {

    static final Duration LIFE = Duration.ofDays(3_652);
    static final Duration SERVER_LIFE = Duration.ofDays(90);

    /// Devices without a battery wake up in the past.
    static final Duration BACKDATED = Duration.ofHours(24);

    private static final String FILE = "tls-ca.pem";
    private static final String LOCK = "tls-ca.lock";

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final InstantSource clock;

    private TlsAuthority(ServerIdentity authority, InstantSource clock) {
        this.key = authority.key();
        this.certificate = authority.certificate();
        this.clock = clock;
    }

    /// Opens the CA that lies in a folder, or makes it there. The file lock is for other processes, `synchronized` for
    /// other threads of this one.
    public static synchronized TlsAuthority open(Path folder, InstantSource clock) {
        try {
            Files.createDirectories(folder);
            Path lock = folder.resolve(LOCK);
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                return openLocked(folder.resolve(FILE), clock);
            }
        } catch (IOException e) {
            throw new TlsFault(
                    folder + " cannot hold the TLS CA (" + e.getMessage() + "). Check the folder and the disk.", e);
        }
    }

    private static TlsAuthority openLocked(Path file, InstantSource clock) {
        if (!Files.exists(file)) {
            write(file, create(clock.instant()));
        }
        TlsAuthority authority = new TlsAuthority(PemIdentity.of(file, PemFile.text(file)), clock);
        authority.checkLife(file);
        return authority;
    }

    private void checkLife(Path file) {
        Instant now = clock.instant();
        if (now.isAfter(certificate.getNotAfter().toInstant())
                || now.isBefore(certificate.getNotBefore().toInstant())) {
            throw new TlsFault(
                    "The TLS CA in " + file + " is valid from "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + "; this machine's clock says " + now
                            + ". Correct the clock; if it is right, move the file away, start again, and give the new trust/server-ca.pem to the devices.");
        }
    }

    private static ServerIdentity create(Instant now) {
        KeyPair pair = CertificateMaker.newKey();
        return new ServerIdentity(pair.getPrivate(), List.of(CertificateMaker.authority(pair, now)));
    }

    private static void write(Path file, ServerIdentity authority) {
        PemFile.write(
                file,
                PemFile.Readers.OWNER,
                new PemObject("PRIVATE KEY", authority.key().getEncoded()),
                block(authority.certificate()));
    }

    private static PemObject block(X509Certificate certificate) {
        return new PemObject("CERTIFICATE", encoded(certificate));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed encodes again", e);
        }
    }

    /// The CA's certificate: what devices must trust.
    public X509Certificate anchor() {
        return certificate;
    }

    /// SHA-256 over the CA's certificate, lower-case hexadecimal: all nodes of an installation have the same.
    public String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Writes the anchor to a file for those who shall trust it.
    public void publish(Path file) {
        PemFile.write(file, PemFile.Readers.EVERYBODY, block(certificate));
    }

    /// A new key with a certificate for these names.
    public ServerIdentity issue(ServerNames names) {
        KeyPair pair = CertificateMaker.newKey();
        X509Certificate server = CertificateMaker.server(pair.getPublic(), names, certificate, key, clock.instant());
        return new ServerIdentity(pair.getPrivate(), List.of(server));
    }
}
