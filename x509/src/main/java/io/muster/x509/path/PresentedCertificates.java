package io.muster.x509.path;

import io.muster.core.device.Bytes;
import io.muster.core.device.Serial;
import io.muster.core.door.PresentedCertificate;
import io.muster.core.door.PresentedReader;
import io.muster.core.door.Refusal;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CommonName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads presented chains for rooms that do not know this one.
public final class PresentedCertificates implements PresentedReader {

    /// AWS's names of subject attributes, by their OIDs (RFC 4519 section 2; X.520 for the qualifier).
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "CommonName", "2.5.4.3",
            "Country", "2.5.4.6",
            "Organization", "2.5.4.10",
            "OrganizationalUnit", "2.5.4.11",
            "StateName", "2.5.4.8",
            "SerialNumber", "2.5.4.5",
            "DistinguishedNameQualifier", "2.5.4.46");

    @Override
    public Reading read(List<Bytes> chain) {
        return switch (PresentedChain.read(chain.stream().map(Bytes::toArray).toList())) {
            case PresentedChain.Outcome.Refused it ->
                new Reading.Unreadable(
                        new Refusal.CertificateMalformed(it.finding().says() + "."));
            case PresentedChain.Outcome.Understood it -> new Reading.Read(presented(it.chain()));
        };
    }

    private static PresentedCertificate presented(PresentedChain chain) {
        Certificate leaf = chain.leaf();
        Set<String> issuers = Stream.concat(Stream.of(leaf), chain.others().stream())
                .map(certificate -> certificate.issuer().text())
                .collect(Collectors.toUnmodifiableSet());
        return new PresentedCertificate(
                leaf.fingerprint().hex(),
                Serial.of(Bytes.of(leaf.serial().toByteArray())),
                leaf.extensions().authorityKeyId().map(Bytes::hex),
                commonName(leaf),
                subject(leaf),
                issuers,
                leaf.validity().notAfter());
    }

    private static Optional<String> commonName(Certificate leaf) {
        return switch (leaf.subject().commonName()) {
            case CommonName.Named it -> Optional.of(it.value());
            case CommonName.Unusable _ -> Optional.empty();
        };
    }

    private static Map<String, String> subject(Certificate leaf) {
        Map<String, String> subject = new LinkedHashMap<>();
        ATTRIBUTES.forEach((name, oid) -> leaf.subject().attribute(oid).ifPresent(value -> subject.put(name, value)));
        return subject;
    }
}
