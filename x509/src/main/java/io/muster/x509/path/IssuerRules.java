package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.Extensions.Usage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What an issuer in a path, anchor included, may do: be a CA at all, at this distance, for these names.
final class IssuerRules {

    private IssuerRules() {}

    /// @param path   the device's certificate first
    /// @param issuer which one of the path, above 0
    static Optional<PathFinding> check(List<Certificate> path, int issuer, CertificateUse use) {
        Certificate ca = path.get(issuer);
        return mayIssue(ca)
                .or(() -> use.issuer(ca))
                .or(() -> distance(path, issuer))
                .or(() -> names(path, issuer));
    }

    static Optional<PathFinding> mayIssue(Certificate ca) {
        if (!ca.extensions().isCa()) {
            return Optional.of(new PathFinding.NotACa(ca.subject().text(), "it is not marked as a CA"));
        }
        if (!ca.extensions()
                .usages()
                .map(usages -> usages.contains(Usage.KEY_CERT_SIGN))
                .orElse(true)) {
            return Optional.of(new PathFinding.NotACa(ca.subject().text(), "its key usage has no keyCertSign"));
        }
        return Optional.empty();
    }

    /// RFC 5280 section 4.2.1.9: self-issued certificates and the last one do not count.
    private static Optional<PathFinding> distance(List<Certificate> path, int issuer) {
        OptionalInt allowed =
                path.get(issuer).extensions().authority().orElseThrow().pathLength();
        long below = path.subList(1, issuer).stream()
                .filter(ca -> !ca.isSelfIssued())
                .count();
        return allowed.isPresent() && below > allowed.getAsInt()
                ? Optional.of(new PathFinding.PathLengthExceeded(
                        path.get(issuer).subject().text(), allowed.getAsInt()))
                : Optional.empty();
    }

    /// RFC 5280 section 6.1.4 (b): self-issued certificates are exempt unless they are the last one.
    private static Optional<PathFinding> names(List<Certificate> path, int issuer) {
        Certificate ca = path.get(issuer);
        return ca.extensions().constraints().flatMap(constraints -> {
            Stream<Certificate> intermediates =
                    path.subList(1, issuer).stream().filter(certificate -> !certificate.isSelfIssued());
            return Stream.concat(Stream.of(path.getFirst()), intermediates)
                    .flatMap(certificate -> constraints.violation(certificate).stream())
                    .findFirst()
                    .map(name ->
                            new PathFinding.NameConstraintViolated(ca.subject().text(), name));
        });
    }
}
