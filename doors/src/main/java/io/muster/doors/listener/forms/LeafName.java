package io.muster.doors.listener.forms;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.CommonName;
import io.muster.x509.codec.Reading;
import java.util.List;
import java.util.Optional;

/// What the caller's certificate calls it. Nobody has checked the certificate yet.
public final class LeafName {

    private LeafName() {}

    /// The only common name of the leaf; empty when there is no certificate or it has no usable name.
    ///
    /// @param chain leaf first, DER
    public static Optional<String> of(List<Bytes> chain) {
        return chain.stream().findFirst().flatMap(der -> switch (CertificateReader.read(der.toArray())) {
            case Reading.Read(Certificate leaf) -> name(leaf);
            case Reading.Refused _ -> Optional.empty();
        });
    }

    private static Optional<String> name(Certificate leaf) {
        return switch (leaf.subject().commonName()) {
            case CommonName.Named(String value) -> Optional.of(value);
            case CommonName.Unusable _ -> Optional.empty();
        };
    }
}
