package io.muster.x509.path;

import io.muster.core.device.Bytes;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.Proof;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Pem;
import io.muster.x509.codec.RevocationListReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads what an operator registers, by the rules that will bind devices later: what could never be used is refused
/// now, in words.
public final class PemAnchors implements AnchorReader {

    private final InstantSource clock;

    public PemAnchors(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Reading authorities(String pem) {
        return read(pem, Proof.Authorities.MAX, this::checkAuthority);
    }

    @Override
    public Reading pinned(String pem) {
        return read(pem, 1, this::checkPinned);
    }

    @Override
    public RevocationReading revocations(String pem) {
        return switch (Pem.revocationLists(pem, Proof.TpmManufacturers.MAX_REVOCATIONS)) {
            case Pem.Reading.Refused refused -> new RevocationReading.Unreadable(refused.what());
            case Pem.Reading.Blocks lists -> revocations(lists.ders());
        };
    }

    private Optional<PathFinding> checkAuthority(Certificate certificate) {
        return IssuerRules.mayIssue(certificate).or(() -> expiry(certificate));
    }

    private Optional<PathFinding> checkPinned(Certificate certificate) {
        return DeviceCertificateRules.purpose(certificate).or(() -> expiry(certificate));
    }

    /// One that is not valid yet may be registered: it counts from its first day on.
    private Optional<PathFinding> expiry(Certificate certificate) {
        return DeviceCertificateRules.time(certificate, clock.instant())
                .filter(finding -> finding instanceof PathFinding.CertificateExpired);
    }

    private static Reading read(String pem, int most, Function<Certificate, Optional<PathFinding>> rules) {
        return switch (Pem.certificates(pem, most)) {
            case Pem.Reading.Refused refused -> new Reading.Unreadable(refused.what());
            case Pem.Reading.Blocks certificates -> anchors(certificates.ders(), rules);
        };
    }

    private static Reading anchors(List<byte[]> ders, Function<Certificate, Optional<PathFinding>> rules) {
        List<Anchor> anchors = new ArrayList<>();
        for (byte[] der : ders) {
            String which = "certificate " + (anchors.size() + 1) + " of " + ders.size();
            switch (CertificateReader.read(der)) {
                case io.muster.x509.codec.Reading.Refused refused -> {
                    return new Reading.Unreadable(
                            which + ": " + refused.finding().says());
                }
                case io.muster.x509.codec.Reading.Read read -> {
                    Optional<PathFinding> finding = rules.apply(read.certificate());
                    if (finding.isPresent()) {
                        return new Reading.Unreadable(
                                which + ": " + finding.get().says());
                    }
                    anchors.add(anchor(read.certificate()));
                }
            }
        }
        return new Reading.Read(List.copyOf(anchors));
    }

    private static RevocationReading revocations(List<byte[]> ders) {
        for (int i = 0; i < ders.size(); i++) {
            Optional<String> finding = checkList(ders.get(i));
            if (finding.isPresent()) {
                return new RevocationReading.Unreadable(
                        "revocation list " + (i + 1) + " of " + ders.size() + ": " + finding.get());
            }
        }
        return new RevocationReading.Read(ders.stream().map(Bytes::of).toList());
    }

    private static Optional<String> checkList(byte[] der) {
        if (der.length > Proof.TpmManufacturers.MAX_REVOCATION_BYTES) {
            return Optional.of("it has " + der.length + " bytes; at most " + Proof.TpmManufacturers.MAX_REVOCATION_BYTES
                    + " are read");
        }
        return RevocationListReader.read(der).isPresent()
                ? Optional.empty()
                : Optional.of("it is malformed, or speaks for other issuers than its own");
    }

    private static Anchor anchor(Certificate certificate) {
        return new Anchor(
                certificate.der(),
                certificate.subject().text(),
                certificate.fingerprint().hex(),
                certificate.validity().notAfter());
    }
}
