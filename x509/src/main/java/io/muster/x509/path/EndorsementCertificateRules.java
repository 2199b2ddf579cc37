package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.Extensions;
import io.muster.x509.codec.Extensions.Usage;
import java.util.Optional;
import java.util.Set;

/// What the certificate of a TPM's endorsement key says of its use (TCG EK Credential Profile for TPM Family 2.0,
/// Level 0, version 2.1, section 3.2).
final class EndorsementCertificateRules {

    /// tcg-kp-EKCertificate.
    private static final String ENDORSEMENT = "2.23.133.8.1";

    private EndorsementCertificateRules() {}

    static Optional<PathFinding> purpose(Certificate leaf) {
        Set<String> purposes = leaf.extensions().purposes().orElse(Set.of());
        if (!purposes.contains(ENDORSEMENT)) {
            return Optional.of(new PathFinding.NotForEndorsement("its extended key usage has no " + ENDORSEMENT));
        }
        boolean isEllipticCurve = leaf.key().kind().isEllipticCurve();
        Usage wanted = isEllipticCurve ? Usage.KEY_AGREEMENT : Usage.KEY_ENCIPHERMENT;
        if (!leaf.extensions().usages().orElse(Set.of()).contains(wanted)) {
            return Optional.of(new PathFinding.NotForEndorsement(
                    "its key usage has no " + (isEllipticCurve ? "keyAgreement" : "keyEncipherment")));
        }
        return Optional.empty();
    }

    static boolean mayIssue(Certificate ca) {
        return ca.extensions()
                .purposes()
                .map(purposes -> purposes.contains(ENDORSEMENT) || purposes.contains(Extensions.ANY_PURPOSE))
                .orElse(true);
    }
}
