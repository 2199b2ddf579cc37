package io.muster.x509.issuing;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.issuance.AuthorityVault;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.engine.Signer;
import java.util.List;

/// An issuing authority that can sign.
///
/// @param issuing its certificate, read
/// @param keyId   its key identifier
/// @param issuer  the same, lower-case hexadecimal
record OpenAuthority(Name tenant, String issuer, Bytes keyId, Certificate issuing, Bytes root, Signer signer) {

    static OpenAuthority of(AuthorityVault.Kept kept, SignatureEngine engine) {
        return switch (CertificateReader.read(kept.issuing().toArray())) {
            case Reading.Read read -> of(kept, read.certificate(), engine);
            case Reading.Refused refused ->
                throw new IllegalStateException("the issuing authority of tenant " + kept.tenant()
                        + " cannot be read any more: " + refused.finding().says());
        };
    }

    private static OpenAuthority of(AuthorityVault.Kept kept, Certificate issuing, SignatureEngine engine) {
        Bytes keyId = issuing.extensions()
                .subjectKeyId()
                .filter(id -> id.hex().equals(kept.issuer()))
                .orElseThrow(() -> new IllegalStateException(
                        "the issuing authority of tenant " + kept.tenant() + " is not the one that it is kept as"));
        return new OpenAuthority(
                kept.tenant(), kept.issuer(), keyId, issuing, kept.root(), engine.signer(kept.issuingKey()));
    }

    /// The issuing authority and its root, DER.
    List<Bytes> chain() {
        return List.of(issuing.der(), root);
    }
}
