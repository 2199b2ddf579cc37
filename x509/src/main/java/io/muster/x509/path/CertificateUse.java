package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import java.util.Optional;

/// For what a certificate is shown.
public enum CertificateUse {
    /// Its holder proves itself in a TLS handshake.
    TLS_CLIENT,
    /// It tells who made the TPM that holds the key.
    TPM_ENDORSEMENT;

    Optional<PathFinding> leaf(Certificate leaf) {
        return switch (this) {
            case TLS_CLIENT -> DeviceCertificateRules.purpose(leaf);
            case TPM_ENDORSEMENT -> EndorsementCertificateRules.purpose(leaf);
        };
    }

    /// RFC 5280 leaves open what an extended key usage on a CA means; everybody takes it as a limit for all below.
    Optional<PathFinding> issuer(Certificate ca) {
        String why = "its CA \"" + ca.subject().text() + "\" may issue for other purposes only";
        return switch (this) {
            case TLS_CLIENT ->
                DeviceCertificateRules.allowsClientAuth(ca)
                        ? Optional.empty()
                        : Optional.of(new PathFinding.NotForClientAuth(why));
            case TPM_ENDORSEMENT ->
                EndorsementCertificateRules.mayIssue(ca)
                        ? Optional.empty()
                        : Optional.of(new PathFinding.NotForEndorsement(why));
        };
    }
}
