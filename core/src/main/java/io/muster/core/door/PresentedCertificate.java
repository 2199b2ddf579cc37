package io.muster.core.door;

import io.muster.core.device.Serial;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a certificate that somebody presented says, and the chain with it. Nothing of it is believed.
///
/// @param fingerprint SHA-256 of the certificate, lower-case hexadecimal (AWS: certificate id)
/// @param serial      where it is of Muster's form
/// @param authority   key identifier of its issuer, lower-case hexadecimal
/// @param commonName  its only common name
/// @param subject     what else of its subject templates and policies may ask for, by AWS's names: `CommonName`,
///     `Country`, `Organization`, `OrganizationalUnit`, `StateName`, `SerialNumber`, `DistinguishedNameQualifier`;
///     the first value of each
/// @param issuers     the names of all who issued something in the chain, in words, as anchors have them
/// @param notAfter    end of its validity
public record PresentedCertificate(
        String fingerprint,
        Optional<Serial> serial,
        Optional<String> authority,
        Optional<String> commonName,
        Map<String, String> subject,
        Set<String> issuers,
        Instant notAfter) {

    public PresentedCertificate {
        subject = Map.copyOf(subject);
        issuers = Set.copyOf(issuers);
    }
}
