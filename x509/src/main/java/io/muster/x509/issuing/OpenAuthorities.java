package io.muster.x509.issuing;

import io.muster.core.device.Name;
import io.muster.core.issuance.AuthorityVault;
import io.muster.x509.engine.SignatureEngine;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The authorities of this node's tenants, opened once and kept in memory.
final class OpenAuthorities {

    private final AuthorityVault vault;
    private final AuthorityMaker maker;
    private final SignatureEngine engine;
    private final InstantSource clock;
    private final Map<Name, OpenAuthority> newest = new ConcurrentHashMap<>();
    private final Map<String, OpenAuthority> byIssuer = new ConcurrentHashMap<>();
    private final ReentrantLock making = new ReentrantLock();

    OpenAuthorities(AuthorityVault vault, AuthorityMaker maker, SignatureEngine engine, InstantSource clock) {
        this.vault = vault;
        this.maker = maker;
        this.engine = engine;
        this.clock = clock;
    }

    /// The authority with which a tenant signs now, made where there is none.
    OpenAuthority newest(Name tenant) {
        OpenAuthority known = newest.get(tenant);
        return known != null ? known : first(tenant);
    }

    /// One thread at a time makes authorities; of several nodes the vault lets one win.
    private OpenAuthority first(Name tenant) {
        making.lock();
        try {
            OpenAuthority known = newest.get(tenant);
            if (known != null) {
                return known;
            }
            AuthorityVault.Kept kept =
                    vault.newest(tenant).orElseGet(() -> vault.keepFirst(maker.make(tenant, clock.instant())));
            OpenAuthority opened = open(kept);
            newest.put(tenant, opened);
            return opened;
        } finally {
            making.unlock();
        }
    }

    /// The authority of a key identifier; empty for one that never was.
    Optional<OpenAuthority> find(String issuer) {
        OpenAuthority known = byIssuer.get(issuer);
        return known != null ? Optional.of(known) : vault.find(issuer).map(this::open);
    }

    private OpenAuthority open(AuthorityVault.Kept kept) {
        OpenAuthority opened = OpenAuthority.of(kept, engine);
        byIssuer.put(kept.issuer(), opened);
        return opened;
    }
}
