package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.Extensions;
import io.muster.x509.codec.Extensions.Usage;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What a certificate must allow for its holder to prove itself with it, whoever issued it. What is absent allows
/// everything; what is present binds.
public final class DeviceCertificateRules {

    private DeviceCertificateRules() {}

    /// Time and purpose of a device's certificate that is trusted for itself, without a chain.
    public static Optional<PathFinding> check(Certificate certificate, Instant now) {
        return time(certificate, now).or(() -> purpose(certificate));
    }

    static Optional<PathFinding> time(Certificate certificate, Instant now) {
        String subject = certificate.subject().text();
        if (certificate.validity().startsAfter(now)) {
            return Optional.of(new PathFinding.CertificateNotYetValid(
                    subject, certificate.validity().notBefore(), now));
        }
        if (certificate.validity().endedBefore(now)) {
            return Optional.of(new PathFinding.CertificateExpired(
                    subject, certificate.validity().notAfter(), now));
        }
        return Optional.empty();
    }

    /// RFC 5280 sections 4.2.1.3 and 4.2.1.12.
    static Optional<PathFinding> purpose(Certificate leaf) {
        if (!leaf.extensions()
                .usages()
                .map(usages -> mayAuthenticate(leaf, usages))
                .orElse(true)) {
            return Optional.of(new PathFinding.NotForClientAuth("its key usage has no digitalSignature"));
        }
        if (!allowsClientAuth(leaf)) {
            return Optional.of(new PathFinding.NotForClientAuth("its extended key usage has no clientAuth"));
        }
        return Optional.empty();
    }

    private static boolean mayAuthenticate(Certificate leaf, Set<Usage> usages) {
        return usages.contains(Usage.DIGITAL_SIGNATURE)
                || (leaf.key().kind().isEllipticCurve() && usages.contains(Usage.KEY_AGREEMENT));
    }

    static boolean allowsClientAuth(Certificate certificate) {
        return certificate
                .extensions()
                .purposes()
                .map(purposes -> purposes.contains(Extensions.CLIENT_AUTH) || purposes.contains(Extensions.ANY_PURPOSE))
                .orElse(true);
    }
}
