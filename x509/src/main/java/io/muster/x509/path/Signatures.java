package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.Finding;
import io.muster.x509.engine.SignatureEngine;
import java.util.List;
import java.util.Optional;

/// Checks the signatures of candidate paths of one device, from the anchor down, with a budget for all of them.
final class Signatures {

    static final int BUDGET = 12;

    private final SignatureEngine engine;
    private final VerifiedIssuances verified;
    private int spent;

    Signatures(SignatureEngine engine, VerifiedIssuances verified) {
        this.engine = engine;
        this.verified = verified;
    }

    boolean isExhausted() {
        return spent >= BUDGET;
    }

    /// What is wrong with the signatures of a path whose last certificate is the anchor. The anchor's own signature is
    /// not checked: it is trusted for itself.
    Optional<PathFinding> check(List<Certificate> path) {
        for (int at = path.size() - 2; at >= 0; at--) {
            Optional<PathFinding> finding = check(path.get(at), path.get(at + 1), at > 0);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private Optional<PathFinding> check(Certificate certificate, Certificate issuer, boolean isIntermediate) {
        Optional<PathFinding> weak = weakness(certificate);
        if (weak.isPresent() || (isIntermediate && verified.knows(certificate, issuer))) {
            return weak;
        }
        if (isExhausted()) {
            return Optional.of(new PathFinding.TooMuchWork(BUDGET));
        }
        spent++;
        if (!engine.isSignedBy(certificate, issuer.key())) {
            return Optional.of(wrong(certificate, issuer));
        }
        if (isIntermediate) {
            verified.remember(certificate, issuer);
        }
        return Optional.empty();
    }

    private static PathFinding wrong(Certificate certificate, Certificate issuer) {
        String name = issuer.subject().text();
        return certificate.isSelfIssued()
                ? new PathFinding.CaKeyDiffers(name)
                : new PathFinding.BadSignature(certificate.subject().text(), name);
    }

    /// What of the way it was signed can be forged, or is not known here.
    static Optional<PathFinding> weakness(Certificate certificate) {
        String algorithm = certificate.seal().algorithm();
        Optional<Finding> finding =
                switch (certificate.seal().scheme()) {
                    case FORGEABLE -> Optional.of(new Finding.WeakSignature(algorithm));
                    case UNKNOWN -> Optional.of(new Finding.UnsupportedSignature(algorithm));
                    case ECDSA_SHA256,
                            ECDSA_SHA384,
                            ECDSA_SHA512,
                            RSA_SHA256,
                            RSA_SHA384,
                            RSA_SHA512,
                            RSA_PSS_SHA256,
                            RSA_PSS_SHA384,
                            RSA_PSS_SHA512,
                            ED25519 -> Optional.empty();
                };
        return finding.map(
                what -> new PathFinding.Flawed("\"" + certificate.subject().text() + "\"", what));
    }
}
