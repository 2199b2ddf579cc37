package io.muster.fleet.device;

import java.util.Arrays;

/// A key pair and the PKCS #10 request for a certificate on it, made beforehand.
public final class CertificateRequest {

    private final String registrationId;
    private final byte[] der;
    private final byte[] publicKey;
    private final byte[] privateKey;

    CertificateRequest(String registrationId, byte[] der, byte[] publicKey, byte[] privateKey) {
        this.registrationId = registrationId;
        this.der = der;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /// The name that the request asks for.
    public String registrationId() {
        return registrationId;
    }

    /// The request, DER.
    public byte[] der() {
        return der.clone();
    }

    /// Whether a certificate with this SubjectPublicKeyInfo (DER) is for the key of this request.
    public boolean isFor(byte[] subjectPublicKeyInfo) {
        return Arrays.equals(publicKey, subjectPublicKeyInfo);
    }

    /// The device as it is once its request was granted.
    ///
    /// @param certificate DER of the certificate that it got
    /// @param issuersPem  the intermediates that came with it; may be empty
    public X509Device granted(byte[] certificate, String issuersPem) {
        return new X509Device(registrationId, certificate.clone(), privateKey, issuersPem);
    }

    @Override
    public String toString() {
        return "CertificateRequest[" + registrationId + "]";
    }
}
