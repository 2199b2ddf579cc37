package io.muster.x509.testkit;

import io.muster.core.device.Name;
import io.muster.core.issuance.AuthorityVault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A vault that forgets everything in the end.
public final class MemoryVault implements AuthorityVault {

    private final List<Kept> kept = new ArrayList<>();

    @Override
    public synchronized Optional<Kept> newest(Name tenant) {
        return all(tenant).stream().findFirst();
    }

    @Override
    public synchronized List<Kept> all(Name tenant) {
        return kept.stream().filter(it -> it.tenant().equals(tenant)).toList().reversed();
    }

    @Override
    public synchronized Optional<Kept> find(String issuer) {
        return kept.stream().filter(it -> it.issuer().equals(issuer)).findFirst();
    }

    @Override
    public synchronized Kept keepFirst(Kept made) {
        Optional<Kept> winner = newest(made.tenant());
        if (winner.isEmpty()) {
            kept.add(made);
        }
        return winner.orElse(made);
    }
}
