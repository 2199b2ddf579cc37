package io.muster.core.door;

import io.muster.core.device.Bytes;
import java.util.List;
import java.util.Optional;

/// Somebody connects, and wants to stay.
///
/// @param door     the protocol it came by, such as `mqtt`
/// @param scope    the tenant that it names; empty when it names none
/// @param clientId the name under which it connects
/// @param chain    what it presented in the TLS handshake, leaf first, DER; the handshake proved possession of the
///     leaf's key and nothing else
/// @param source   the address it came from
public record ConnectionRequest(
        String door, Optional<String> scope, String clientId, List<Bytes> chain, String source) {

    public ConnectionRequest {
        chain = List.copyOf(chain);
    }
}
