package io.muster.doors.listener;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What the listener shows of itself.
///
/// @param key   private key of the first certificate; encodable, for BoringSSL reads it
/// @param chain leaf first, then its issuers; the anchor may be left out
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {

    public ServerIdentity {
        chain = List.copyOf(chain);
    }

    /// Holds a private key: says only how long the chain is.
    @Override
    public String toString() {
        return "a server identity with " + chain.size() + " certificates";
    }
}
