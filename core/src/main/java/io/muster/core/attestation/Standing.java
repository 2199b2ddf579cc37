package io.muster.core.attestation;

import io.muster.core.device.Serial;
import io.muster.core.roster.TokenId;
import java.time.Instant;

/// On what a proof stands: what policy must ask the ledger besides whose the key is.
public sealed interface Standing {

    /// The identity key itself.
    record ByIdentity() implements Standing {}

    /// A one-time token, which the commit must burn.
    record ByToken(TokenId token) implements Standing {}

    /// A certificate that a claim created, which the commit must give to the device.
    record ByCreation(Serial serial) implements Standing {}

    /// A certificate that was issued here. Whether it still stands, the ledger says.
    ///
    /// @param notAfter end of its validity
    record ByCertificate(Serial serial, Instant notAfter) implements Standing {}
}
