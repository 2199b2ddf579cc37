package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All rules for a path whose signatures hold, from the anchor down to the device (RFC 5280 section 6.1).
final class PathRules {

    private PathRules() {}

    static Optional<PathFinding> check(List<Certificate> path, CertificateUse use, Instant now) {
        for (int at = path.size() - 1; at >= 0; at--) {
            Optional<PathFinding> finding = check(path, at, use, now);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return PolicyRules.check(path);
    }

    private static Optional<PathFinding> check(List<Certificate> path, int at, CertificateUse use, Instant now) {
        Certificate certificate = path.get(at);
        return DeviceCertificateRules.time(certificate, now)
                .or(() -> at > 0 ? IssuerRules.check(path, at, use) : use.leaf(certificate));
    }
}
