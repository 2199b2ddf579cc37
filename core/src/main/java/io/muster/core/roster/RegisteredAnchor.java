package io.muster.core.roster;

import io.muster.core.device.Name;
import java.time.Instant;
import java.util.Optional;

/// An authority that a tenant registered under a name, with or without proof that its key is at hand.
///
/// @param version    1 as registered, 2 once verified
/// @param code       what must stand in a certificate that the authority signs as proof; no secret
/// @param verifiedAt empty while the proof is missing
public record RegisteredAnchor(
        Name tenant,
        Name name,
        int version,
        Anchor certificate,
        String code,
        Instant registeredAt,
        Optional<Instant> verifiedAt) {

    /// Most of a tenant.
    public static final int MAX = 256;

    /// The next version: possession of the key was proved.
    public RegisteredAnchor verified(Instant at) {
        return new RegisteredAnchor(tenant, name, version + 1, certificate, code, registeredAt, Optional.of(at));
    }

    public boolean isVerified() {
        return verifiedAt.isPresent();
    }
}
