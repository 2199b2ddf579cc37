package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import java.util.List;

/// The CAs that one enrollment trusts: roots or intermediates, as its operator registered them.
public record TrustAnchors(List<Certificate> certificates) {

    /// How many CAs one enrollment may trust.
    public static final int MAX = 100;

    public TrustAnchors {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty() || certificates.size() > MAX) {
            throw new IllegalArgumentException("1 to " + MAX + " CA certificates, not " + certificates.size());
        }
    }

    List<String> names() {
        return certificates.stream().map(anchor -> anchor.subject().text()).toList();
    }
}
