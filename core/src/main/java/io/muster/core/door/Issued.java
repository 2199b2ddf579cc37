package io.muster.core.door;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A certificate on its way to a device. It is durable before a door sees it.
///
/// @param certificate DER
/// @param chain       the authorities above it, its issuer first, the root last
/// @param renewAfter  when the device may come for the next one
/// @param privateKey  PKCS#8, where the server made the key; it is kept nowhere
public record Issued(Bytes certificate, List<Bytes> chain, Instant renewAfter, Optional<Secret> privateKey) {
    public Issued {
        chain = List.copyOf(chain);
    }
}
