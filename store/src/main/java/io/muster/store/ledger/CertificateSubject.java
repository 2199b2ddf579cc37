package io.muster.store.ledger;

import io.muster.core.device.Bytes;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/// The subject of a certificate in the text that other systems compare names by (RFC 2253).
final class CertificateSubject {

    private CertificateSubject() {}

    /// Empty where there is none to read: an event without it is better than no device.
    static String of(Bytes der) {
        try {
            return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()))
                            instanceof X509Certificate certificate
                    ? certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)
                    : "";
        } catch (CertificateException e) {
            return "";
        }
    }
}
