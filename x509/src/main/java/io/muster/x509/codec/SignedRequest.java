package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.io.IOException;
import java.util.Optional;

/// What an issuer needs of a request that was read at the wall before.
///
/// @param seal       the signature that proves possession of the key, over the exact bytes that were sent
/// @param newSubject the subject that ChangeSubjectName asks for
public record SignedRequest(Certificate.Seal seal, Optional<DistinguishedName> newSubject) {

    /// Fails for bytes that [CertificateRequestReader] refuses.
    public static SignedRequest of(Bytes der) {
        try {
            RequestParts parts = RequestParts.of(der.toArray());
            return new SignedRequest(
                    parts.seal(), RequestAttributes.read(parts.attributes()).newSubject());
        } catch (IOException | Unreadable e) {
            throw new IllegalArgumentException("not a certificate request that was read before", e);
        }
    }
}
