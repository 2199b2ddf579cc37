package io.muster.attestors.x509;

import io.muster.core.door.Refusal;
import io.muster.x509.codec.Finding;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.path.PathFinding;
import java.util.List;

/// Says what was found on a chain in core's words. A new finding breaks the build here.
final class Refusals {

    private Refusals() {}

    /// @param subject   the device's certificate, in words
    /// @param presented how many certificates were presented
    static Refusal of(PathFinding finding, String subject, int presented) {
        return switch (finding) {
            case PathFinding.NoCertificate _ -> new Refusal.EvidenceMissing();
            case PathFinding.TooManyCertificates it -> new Refusal.ChainTooLong(it.count(), it.limit());
            case PathFinding.PathTooLong _ -> new Refusal.ChainTooLong(presented, ChainValidator.MAX_PATH);
            case PathFinding.TooMuchWork it -> new Refusal.CertificateMalformed(sentence(it.says()));
            case PathFinding.Flawed it -> of(it.which(), it.finding());
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
            case PathFinding.PolicyMissing it -> new Refusal.CertificatePurposeWrong(subject, it.says());
            case PathFinding.NotForEndorsement it -> new Refusal.CertificatePurposeWrong(subject, it.why());
            case PathFinding.NotForClientAuth it -> new Refusal.CertificatePurposeWrong(subject, it.why());
        };
    }

    private static Refusal of(String which, Finding finding) {
        return switch (finding) {
            case Finding.TooLarge it -> new Refusal.TooLarge("A certificate", it.limit());
            case Finding.WeakKey it -> new Refusal.KeyUnacceptable(which, it.what());
            case Finding.UnsupportedKey it -> new Refusal.KeyUnacceptable(which, it.what());
            case Finding.WeakSignature it -> new Refusal.AlgorithmUnacceptable(which, it.algorithm());
            case Finding.UnsupportedSignature it -> new Refusal.AlgorithmUnacceptable(which, it.algorithm());
            case Finding.UnknownCriticalExtension it -> new Refusal.CriticalExtensionUnknown(which, it.oid());
            case Finding.Malformed _,
                    Finding.TooComplex _,
                    Finding.UnsupportedNameConstraint _,
                    Finding.NoCommonName _,
                    Finding.SeveralCommonNames _,
                    Finding.CommonNameInCompany _,
                    Finding.OddCommonNameType _ ->
                new Refusal.CertificateMalformed(sentence(which + ": " + finding.says()));
        };
    }

    private static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static String listed(List<String> names) {
        return String.join("; ", names);
    }
}
