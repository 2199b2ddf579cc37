package io.muster.x509.issuing;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;

/// The key identifiers of authorities.
final class CertificateKeyIds {

    private CertificateKeyIds() {}

    static String of(Bytes certificate) {
        return ((Reading.Read) CertificateReader.read(certificate.toArray()))
                .certificate()
                .extensions()
                .subjectKeyId()
                .orElseThrow()
                .hex();
    }
}
