package io.muster.doors.est;

import io.muster.core.device.Bytes;
import io.muster.doors.listener.forms.LeafName;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.KeyKind;
import io.muster.x509.codec.Reading;
import java.util.List;
import java.util.Optional;

/// The caller as its certificate describes it. It holds the leaf's key; nothing else of it is believed here.
///
/// @param chain leaf first, DER; empty when it presented none
record Client(List<Bytes> chain) {

    /// What the leaf calls itself.
    Optional<String> commonName() {
        return LeafName.of(chain);
    }

    /// The leaf, when it has that subject key identifier and a key that can decrypt.
    Optional<Bytes> recipient(Bytes keyIdentifier) {
        return leaf().filter(leaf -> leaf.extensions().subjectKeyId().equals(Optional.of(keyIdentifier)))
                .filter(leaf -> canDecrypt(leaf.key().kind()))
                .map(Certificate::der);
    }

    private static boolean canDecrypt(KeyKind kind) {
        return switch (kind) {
            case RSA, P256, P384, P521 -> true;
            case ED25519 -> false;
        };
    }

    private Optional<Certificate> leaf() {
        return chain.stream().findFirst().flatMap(der -> switch (CertificateReader.read(der.toArray())) {
            case Reading.Read(Certificate certificate) -> Optional.of(certificate);
            case Reading.Refused _ -> Optional.empty();
        });
    }
}
