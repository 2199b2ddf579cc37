package io.muster.x509.path;

import io.muster.x509.engine.SignatureEngine;
import java.time.Instant;

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

    public Validation validate(PresentedChain chain, TrustAnchors anchors, Instant now) {
        return new PathSearch(chain, anchors, new Signatures(engine, verified), now).run();
    }
}
