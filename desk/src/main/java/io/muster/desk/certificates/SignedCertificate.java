package io.muster.desk.certificates;

import io.muster.core.device.Bytes;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/// A certificate of our own making, for people and for those who rely on it.
final class SignedCertificate {

    /// Attributes that RFC 4514 gives no word, and that device subjects have.
    private static final Map<String, String> WORDS = Map.of("2.5.4.5", "serialNumber", "1.2.840.113549.1.9.1", "email");

    private final byte[] der;
    private final X509Certificate read;

    SignedCertificate(Bytes certificate) {
        this.der = certificate.toArray();
        try {
            this.read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalStateException("A certificate of our own cannot be read", e);
        }
    }

    String subject() {
        return read.getSubjectX500Principal().getName(X500Principal.RFC2253, WORDS);
    }

    Instant notBefore() {
        return read.getNotBefore().toInstant();
    }

    Instant notAfter() {
        return read.getNotAfter().toInstant();
    }

    /// SHA-256 of the DER form.
    String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// RFC 7468.
    String pem() {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }
}
