package io.muster.attestors.x509;

import io.muster.core.roster.Anchor;
import io.muster.core.roster.Proof;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;
import io.muster.x509.path.TrustAnchors;
import java.util.List;

/// The authorities of enrollments, read once and not once a device.
final class HeldAnchors {

    private static final int RECENT = 1_024;

    private final Recent<List<Anchor>, TrustAnchors> recent = new Recent<>(RECENT, HeldAnchors::read);

    TrustAnchors of(Proof.Authorities authorities) {
        return recent.get(authorities.anchors());
    }

    private static TrustAnchors read(List<Anchor> anchors) {
        return new TrustAnchors(anchors.stream().map(HeldAnchors::read).toList());
    }

    /// What does not read here was not registered through the front door.
    private static Certificate read(Anchor anchor) {
        return switch (CertificateReader.read(anchor.certificate().toArray())) {
            case Reading.Read read -> read.certificate();
            case Reading.Refused refused ->
                throw new IllegalStateException("The registered authority " + anchor.subject()
                        + " cannot be read any more: " + refused.finding().says());
        };
    }
}
