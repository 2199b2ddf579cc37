package io.muster.attestors.tpm;

import io.muster.core.door.Refusal;
import io.muster.x509.path.PathFinding;
import java.util.List;

/// Says in core's words why an endorsement certificate does not lead to a manufacturer. A new finding breaks the
/// build here.
final class ChainRefusals {

    private ChainRefusals() {}

    static Refusal of(PathFinding finding) {
        return switch (finding) {
            case PathFinding.ChainIncomplete it -> new Refusal.ChainIncomplete(it.stopsAt(), listed(it.held()));
            case PathFinding.CaUnknown it -> new Refusal.AuthorityUnknown(it.root(), listed(it.held()));
            case PathFinding.CaKeyDiffers it ->
                new Refusal.AuthorityUnknown(it.ca(), "an authority of that name with another key");
            case PathFinding.BadSignature it -> new Refusal.CertificateSignatureWrong(it.subject());
            case PathFinding.CertificateExpired it -> new Refusal.CertificateExpired(it.subject(), it.notAfter());
            case PathFinding.CertificateNotYetValid it ->
                new Refusal.CertificateNotYetValid(it.subject(), it.notBefore());
            case PathFinding.NotACa it -> new Refusal.IssuerNotAuthority(it.subject(), it.why());
            case PathFinding.PathLengthExceeded it -> new Refusal.PathLengthExceeded(it.ca());
            case PathFinding.NameConstraintViolated it -> new Refusal.NameConstraintViolated(it.ca(), it.name());
            case PathFinding.NoCertificate ignored -> new Refusal.EndorsementCertificateMissing();
            case PathFinding.TooManyCertificates it -> unacceptable(it);
            case PathFinding.PathTooLong it -> unacceptable(it);
            case PathFinding.TooMuchWork it -> unacceptable(it);
            case PathFinding.Flawed it -> unacceptable(it);
            case PathFinding.PolicyMissing it -> unacceptable(it);
            case PathFinding.NotForClientAuth it -> unacceptable(it);
            case PathFinding.NotForEndorsement it -> unacceptable(it);
        };
    }

    static int progress(PathFinding finding) {
        return switch (finding) {
            case PathFinding.ChainIncomplete ignored -> Progress.STRANGER;
            case PathFinding.CaUnknown ignored -> Progress.STRANGER;
            case PathFinding.CaKeyDiffers ignored -> Progress.SAME_CA_NAME;
            case PathFinding.BadSignature ignored -> Progress.SAME_CA_NAME;
            case PathFinding.CertificateExpired ignored -> Progress.RULE_BROKEN;
            case PathFinding.CertificateNotYetValid ignored -> Progress.RULE_BROKEN;
            case PathFinding.NotACa ignored -> Progress.RULE_BROKEN;
            case PathFinding.PathLengthExceeded ignored -> Progress.RULE_BROKEN;
            case PathFinding.NameConstraintViolated ignored -> Progress.RULE_BROKEN;
            case PathFinding.PolicyMissing ignored -> Progress.RULE_BROKEN;
            case PathFinding.NotForClientAuth ignored -> Progress.RULE_BROKEN;
            case PathFinding.NotForEndorsement ignored -> Progress.RULE_BROKEN;
            case PathFinding.NoCertificate ignored -> Progress.UNREADABLE;
            case PathFinding.TooManyCertificates ignored -> Progress.UNREADABLE;
            case PathFinding.PathTooLong ignored -> Progress.UNREADABLE;
            case PathFinding.TooMuchWork ignored -> Progress.UNREADABLE;
            case PathFinding.Flawed ignored -> Progress.UNREADABLE;
        };
    }

    private static Refusal unacceptable(PathFinding finding) {
        return new Refusal.EndorsementCertificateUnacceptable(Sentence.of(finding.says()));
    }

    private static String listed(List<String> names) {
        return String.join("; ", names);
    }
}
