package io.muster.attestors.issued;

import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certificates.Kept;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Remembers the last certificates that were found: one request is examined for each group of its tenant. What this
/// attestor reads of a record never changes; where it stands, policy asks the ledger itself. What was not found is
/// looked up again.
final class RecentCertificates {

    private static final int CAPACITY = 256;

    private record Numbered(Name tenant, Serial serial) {}

    private final Certificates certificates;
    private final Map<Numbered, Kept> found = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Numbered, Kept> eldest) {
            return size() > CAPACITY;
        }
    };

    RecentCertificates(Certificates certificates) {
        this.certificates = certificates;
    }

    /// The store is asked outside of the lock: no request waits for another one's look-up.
    Optional<Kept> find(Name tenant, Serial serial) {
        Numbered number = new Numbered(tenant, serial);
        synchronized (found) {
            Kept known = found.get(number);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Kept> kept = certificates.find(tenant, serial);
        kept.ifPresent(it -> {
            synchronized (found) {
                found.put(number, it);
            }
        });
        return kept;
    }
}
