package io.muster.desk.wire;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// With what the desk proves itself to operators.
///
/// @param chain the desk's own certificate first, then those that issued it, without the anchor
public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {

    public ServerIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("An identity has a certificate");
        }
    }

    @Override
    public String toString() {
        return "ServerIdentity(" + chain.getFirst().getSubjectX500Principal() + ")";
    }
}
