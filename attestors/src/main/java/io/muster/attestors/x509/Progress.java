package io.muster.attestors.x509;

import io.muster.x509.path.PathFinding;

/// How far evidence came with one enrollment, 0 to 100: of several that refuse, the one that came furthest explains
/// best.
final class Progress {

    /// The enrollment holds nothing that the evidence leads to.
    static final int STRANGER = 10;

    /// The certificate is believed, and names another device.
    static final int BELIEVED = 80;

    private static final int UNREADABLE = 5;
    private static final int SAME_CA_NAME = 30;
    private static final int RULE_BROKEN = 60;

    private Progress() {}

    static int of(PathFinding finding) {
        return switch (finding) {
            case PathFinding.NoCertificate _,
                    PathFinding.TooManyCertificates _,
                    PathFinding.Flawed _,
                    PathFinding.TooMuchWork _ -> UNREADABLE;
            case PathFinding.ChainIncomplete _, PathFinding.CaUnknown _, PathFinding.PathTooLong _ -> STRANGER;
            case PathFinding.CaKeyDiffers _, PathFinding.BadSignature _ -> SAME_CA_NAME;
            case PathFinding.CertificateExpired _,
                    PathFinding.CertificateNotYetValid _,
                    PathFinding.NotACa _,
                    PathFinding.PathLengthExceeded _,
                    PathFinding.NameConstraintViolated _,
                    PathFinding.PolicyMissing _,
                    PathFinding.NotForClientAuth _,
                    PathFinding.NotForEndorsement _ -> RULE_BROKEN;
        };
    }
}
