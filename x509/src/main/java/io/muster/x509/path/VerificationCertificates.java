package io.muster.x509.path;

import io.muster.core.roster.Anchor;
import io.muster.core.roster.PossessionCheck;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.CommonName;
import io.muster.x509.codec.Pem;
import io.muster.x509.engine.SignatureEngine;
import java.time.InstantSource;
import java.util.Optional;

/// Proof of possession by a certificate that the authority signs for a code: what every CA software can do, and what
/// Azure and AWS ask for. It costs one signature at most.
public final class VerificationCertificates implements PossessionCheck {

    private final SignatureEngine engine;
    private final InstantSource clock;

    public VerificationCertificates(SignatureEngine engine, InstantSource clock) {
        this.engine = engine;
        this.clock = clock;
    }

    @Override
    public Finding check(Anchor anchor, String code, String pem) {
        return switch (Pem.certificates(pem, 1)) {
            case Pem.Reading.Refused refused -> new Finding.Unproved(refused.what());
            case Pem.Reading.Blocks certificates ->
                check(anchor, code, certificates.ders().getFirst());
        };
    }

    private Finding check(Anchor anchor, String code, byte[] der) {
        return switch (CertificateReader.read(der)) {
            case io.muster.x509.codec.Reading.Refused refused ->
                new Finding.Unproved(refused.finding().says());
            case io.muster.x509.codec.Reading.Read read ->
                flaw(authority(anchor), code, read.certificate())
                        .<Finding>map(Finding.Unproved::new)
                        .orElseGet(Finding.Proved::new);
        };
    }

    private Optional<String> flaw(Certificate authority, String code, Certificate proof) {
        if (proof.equals(authority)) {
            return Optional.of("it is the authority's own certificate, which is no secret");
        }
        if (!says(proof, code)) {
            return Optional.of("its common name is not the verification code " + code);
        }
        if (!proof.issuer().matches(authority.subject())) {
            return Optional.of("it names as its issuer " + proof.issuer().text() + ", not "
                    + authority.subject().text());
        }
        return DeviceCertificateRules.time(proof, clock.instant())
                .or(() -> Signatures.weakness(proof))
                .map(PathFinding::says)
                .or(() -> engine.isSignedBy(proof, authority.key())
                        ? Optional.empty()
                        : Optional.of("another key than the authority's signed it"));
    }

    private static boolean says(Certificate proof, String code) {
        return proof.subject().commonName() instanceof CommonName.Named(String name) && name.equals(code);
    }

    /// It was read when it was registered.
    private static Certificate authority(Anchor anchor) {
        if (CertificateReader.read(anchor.certificate().toArray())
                instanceof io.muster.x509.codec.Reading.Read(Certificate certificate)) {
            return certificate;
        }
        throw new IllegalStateException("an anchor that was registered cannot be read: " + anchor.fingerprint());
    }
}
