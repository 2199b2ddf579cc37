package io.muster.fleet.device;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bouncycastle.asn1.x509.Certificate;

/// A device with a key pair and a certificate (CN = registration id): its maker's, or the one that it got since.
///
/// Held as DER and a shared reference to the issuer's PEM: a fleet of 50,000 fits into some 40 MB.
public final class X509Device implements Device {

    private final String registrationId;
    private final byte[] certificate;
    private final byte[] privateKey;
    private final String issuerPem;

    X509Device(String registrationId, byte[] certificate, byte[] privateKey, String issuerPem) {
        this.registrationId = registrationId;
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.issuerPem = issuerPem;
    }

    /// A device that was given its key and its certificate.
    ///
    /// @param certificate DER
    /// @param privateKey  PKCS #8, DER
    /// @param issuersPem  the intermediates; may be empty
    public static X509Device of(String registrationId, byte[] certificate, byte[] privateKey, String issuersPem) {
        return new X509Device(registrationId, certificate.clone(), privateKey.clone(), issuersPem);
    }

    @Override
    public String registrationId() {
        return registrationId;
    }

    /// What the device presents in the handshake: its certificate, then the intermediates; the root stays at
    /// the issuer's.
    public String chainPem() {
        return certificatePem() + issuerPem;
    }

    /// The device's own certificate alone: what an operator uploads to let in whoever has it.
    public String certificatePem() {
        return Pem.encode("CERTIFICATE", certificate);
    }

    /// The private key, PKCS #8.
    public String privateKeyPem() {
        return Pem.encode("PRIVATE KEY", privateKey);
    }

    /// The device's own certificate, DER.
    public byte[] certificate() {
        return certificate.clone();
    }

    /// The serial number of that certificate.
    public BigInteger serialNumber() {
        return Certificate.getInstance(certificate).getSerialNumber().getPositiveValue();
    }

    /// Whether that certificate is valid at a moment.
    public boolean isValidAt(Instant moment) {
        Certificate own = Certificate.getInstance(certificate);
        return !own.getStartDate().getDate().toInstant().isAfter(moment)
                && !own.getEndDate().getDate().toInstant().isBefore(moment);
    }

    /// `chainPem` as the bytes that a TLS library reads.
    public byte[] chainPemBytes() {
        return chainPem().getBytes(StandardCharsets.US_ASCII);
    }

    /// `privateKeyPem` as the bytes that a TLS library reads.
    public byte[] privateKeyPemBytes() {
        return privateKeyPem().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "X509Device[" + registrationId + "]";
    }
}
