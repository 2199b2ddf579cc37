package io.muster.fleet.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/// What a certificate is for: its extensions and how long it is valid.
record Usage(List<Extension> extensions, Duration validity) {

    private static final Duration TWENTY_YEARS = Duration.ofDays(20 * 365L);
    private static final Duration ONE_MONTH = Duration.ofDays(30);

    /// A CA that may have `below` further CAs under it.
    static Usage authority(int below) {
        return new Usage(
                List.of(
                        extension(Extension.basicConstraints, true, new BasicConstraints(below)),
                        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))),
                TWENTY_YEARS);
    }

    /// A device's identity.
    static Usage device() {
        return new Usage(
                List.of(
                        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                        extension(
                                Extension.extendedKeyUsage,
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))),
                TWENTY_YEARS);
    }

    /// A TLS server under the given names.
    static Usage server(GeneralNames names) {
        return new Usage(
                List.of(
                        extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)),
                        extension(
                                Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                        extension(Extension.subjectAlternativeName, false, names)),
                ONE_MONTH);
    }

    private static Extension extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            return Extension.create(id, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode extension " + id, e);
        }
    }
}
