package io.muster.x509.path;

import io.muster.x509.codec.RevocationList;
import io.muster.x509.engine.SignatureEngine;
import java.time.Instant;
import java.util.List;

/// Says whether a presented chain leads to an anchor, with every signature and every constraint checked. Never throws
/// for what a device presented, and computes at most a dozen signatures. Safe for many threads.
public final class ChainValidator {

    /// The longest path, the device's certificate included, the anchor not.
    public static final int MAX_PATH = 5;

    private static final int REMEMBERED = 4_096;

    private final SignatureEngine engine;
    private final VerifiedIssuances verified = new VerifiedIssuances(REMEMBERED);

    public ChainValidator(SignatureEngine engine) {
        this.engine = engine;
    }

    /// For a device that proves itself as a TLS client.
    public Validation validate(PresentedChain chain, TrustAnchors anchors, Instant now) {
        return validate(chain, anchors, CertificateUse.TLS_CLIENT, now);
    }

    public Validation validate(PresentedChain chain, TrustAnchors anchors, CertificateUse use, Instant now) {
        return new PathSearch(chain, anchors, new Signatures(engine, verified), use, now).run();
    }

    /// Revocation lists that were signed by one of the anchors; made once, then asked for each path.
    public Revocations revocations(TrustAnchors anchors, List<RevocationList> lists) {
        return Revocations.of(engine, anchors, lists);
    }
}
