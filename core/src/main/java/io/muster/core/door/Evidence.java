package io.muster.core.door;

import io.muster.core.device.Bytes;
import java.util.List;

/// What a device shows to prove itself. Nothing of it is believed until an attestor has checked it.
public sealed interface Evidence {

    /// The chain that the device presented in the TLS handshake, leaf first, each certificate in DER. The handshake
    /// proved possession of the leaf's key and nothing else.
    record CertificateChain(List<Bytes> certificates) implements Evidence {
        public CertificateChain {
            certificates = List.copyOf(certificates);
        }
    }

    /// A shared access signature.
    ///
    /// @param token    what follows the scheme word, unparsed: the fields `sr`, `sig`, `se`, `skn` joined by `&`
    /// @param resource what the token's `sr` must name: `{scope}/registrations/{id}`
    record SharedAccessSignature(String token, String resource) implements Evidence {
        @Override
        public String toString() {
            return "SharedAccessSignature for " + resource;
        }
    }

    /// A one-time token (EST: the password of HTTP Basic).
    ///
    /// @param text as it was sent
    record OneTimeToken(String text) implements Evidence {
        @Override
        public String toString() {
            return "OneTimeToken";
        }
    }
}
