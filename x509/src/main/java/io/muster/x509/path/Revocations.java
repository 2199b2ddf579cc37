package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.RevocationList;
import io.muster.x509.engine.SignatureEngine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What the revocation lists of some anchors say. A list that no anchor signed says nothing.
public final class Revocations {

    private final List<RevocationList> believed;
    private final int ignored;

    private Revocations(List<RevocationList> believed, int ignored) {
        this.believed = believed;
        this.ignored = ignored;
    }

    static Revocations of(SignatureEngine engine, TrustAnchors anchors, List<RevocationList> lists) {
        List<RevocationList> believed =
                lists.stream().filter(list -> isSigned(engine, anchors, list)).toList();
        return new Revocations(believed, lists.size() - believed.size());
    }

    private static boolean isSigned(SignatureEngine engine, TrustAnchors anchors, RevocationList list) {
        return anchors.certificates().stream()
                .anyMatch(anchor ->
                        anchor.subject().matches(list.issuer()) && engine.isSealedBy(list.seal(), anchor.key()));
    }

    /// How many lists no anchor signed.
    public int ignored() {
        return ignored;
    }

    /// The first certificate of a path that its issuer revoked. The anchor itself may be one: where an intermediate
    /// is trusted beside its root, the root's list counts.
    public Optional<Certificate> firstRevoked(List<Certificate> path) {
        return path.stream()
                .filter(certificate -> believed.stream().anyMatch(list -> list.revokes(certificate)))
                .findFirst();
    }

    /// The lists of a path's issuers in whose place there should be newer ones (RFC 5280 section 5.1.2.5).
    public List<RevocationList> outdated(List<Certificate> path, Instant now) {
        return believed.stream()
                .filter(list -> list.isOutdated(now) && path.stream().anyMatch(list::covers))
                .toList();
    }
}
