package io.muster.x509.path;

import io.muster.core.device.Bytes;
import io.muster.x509.codec.Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers which intermediates were truly signed by which key, so that a fleet's intermediate is verified once and
/// not once a device. Whole digests are the key; only signatures are remembered, which time cannot undo: validity and
/// constraints are looked at each time. Bounded; safe for many threads.
final class VerifiedIssuances {

    private record Issuance(Bytes certificate, Bytes issuerKey) {}

    private final Map<Issuance, Boolean> known;

    VerifiedIssuances(int capacity) {
        known = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Issuance, Boolean> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized boolean knows(Certificate certificate, Certificate issuer) {
        return known.get(issuance(certificate, issuer)) != null;
    }

    synchronized void remember(Certificate certificate, Certificate issuer) {
        known.put(issuance(certificate, issuer), true);
    }

    synchronized int size() {
        return known.size();
    }

    private static Issuance issuance(Certificate certificate, Certificate issuer) {
        return new Issuance(certificate.fingerprint(), issuer.key().fingerprint());
    }
}
