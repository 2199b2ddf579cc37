package io.muster.core.door;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import java.util.List;
import java.util.Set;

/// What anybody may learn of an endpoint before showing anything.
public sealed interface Offer {

    /// The authorities to trust, and what a certificate request should look like.
    ///
    /// @param authorities the issuing authority first, its root last
    /// @param algorithms  the kinds of key that are certified
    record Open(List<Bytes> authorities, Set<KeyAlgorithm> algorithms) implements Offer {
        public Open {
            authorities = List.copyOf(authorities);
            algorithms = Set.copyOf(algorithms);
        }
    }

    record Closed(Refusal refusal) implements Offer {}
}
