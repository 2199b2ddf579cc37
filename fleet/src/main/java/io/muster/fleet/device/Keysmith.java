package io.muster.fleet.device;

import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/// Makes keys for devices that want a certificate, and the requests for it.
public final class Keysmith {

    private final Mint mint = new Mint();

    /// A new key and a request that asks for nothing but CN = registration id.
    public CertificateRequest request(String registrationId) {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, registrationId)
                .build();
        return request(registrationId, subject, Optional.empty());
    }

    /// Many requests, on all cores; in the order of the names.
    public List<CertificateRequest> requests(List<String> registrationIds) {
        return registrationIds.parallelStream().map(this::request).toList();
    }

    /// A new key for a device that renews its certificate. Subject and subjectAltName are those of the certificate in
    /// use, as RFC 7030 section 4.2.2 demands.
    public CertificateRequest renewal(X509Device operational) {
        Certificate current = Certificate.getInstance(operational.certificate());
        Optional<Extensions> names = Optional.ofNullable(
                        current.getTBSCertificate().getExtensions())
                .map(extensions -> extensions.getExtension(Extension.subjectAlternativeName))
                .map(Extensions::new);
        return request(operational.registrationId(), current.getSubject(), names);
    }

    private CertificateRequest request(String registrationId, X500Name subject, Optional<Extensions> wished) {
        KeyPair key = mint.keyPair();
        return new CertificateRequest(
                registrationId,
                mint.request(subject, key, wished),
                key.getPublic().getEncoded(),
                key.getPrivate().getEncoded());
    }
}
