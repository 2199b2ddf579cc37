package io.muster.fleet.dps;

import io.muster.fleet.device.Device;
import io.muster.fleet.device.SasToken;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.UnprovenDevice;
import io.muster.fleet.device.X509Device;
import java.time.Instant;
import java.util.Optional;

/// What a device shows to a DPS: a certificate, or a token that is written once and serves every request, as in the
/// SDKs. A one-time token is nothing that a DPS understands.
final class Credentials {

    private static final int TOKEN_LIFETIME_SECONDS = 3600;

    private final Optional<X509Device> identity;
    private final Optional<String> token;

    private Credentials(Optional<X509Device> identity, Optional<String> token) {
        this.identity = identity;
        this.token = token;
    }

    static Credentials of(Device device, String idScope) {
        return switch (device) {
            case X509Device owner -> new Credentials(Optional.of(owner), Optional.empty());
            case SymmetricDevice owner -> {
                Instant expires = Instant.now().plusSeconds(TOKEN_LIFETIME_SECONDS);
                yield new Credentials(
                        Optional.empty(), Optional.of(owner.token(SasToken.Dialect.JAVA, idScope, expires)));
            }
            case TokenDevice _, UnprovenDevice _ -> new Credentials(Optional.empty(), Optional.empty());
        };
    }

    /// What it shows in the TLS handshake.
    Optional<X509Device> identity() {
        return identity;
    }

    /// What it says besides.
    Optional<String> token() {
        return token;
    }
}
