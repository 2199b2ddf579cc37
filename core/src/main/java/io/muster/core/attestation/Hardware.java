package io.muster.core.attestation;

import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import java.util.Optional;

/// What a proof by hardware brings besides the identity.
///
/// @param residentKey the key of the certificate request, proved to live in the same chip
/// @param wrappedKey  a key that only this chip can unwrap, to be handed over with the assignment
public record Hardware(Optional<IdentityKey> residentKey, Optional<Bytes> wrappedKey) {

    public static final Hardware NONE = new Hardware(Optional.empty(), Optional.empty());
}
