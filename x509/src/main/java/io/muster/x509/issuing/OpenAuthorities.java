package io.muster.x509.issuing;

import io.muster.core.device.Name;
import io.muster.core.issuance.AuthorityVault;
import io.muster.x509.engine.SignatureEngine;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// The authorities of this node's tenants, opened once and kept in memory.
final class OpenAuthorities {

    /// What strangers ask for by URL and is of another form costs no look-up.
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{40}");

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
        return known != null ? known : vault.newest(tenant).map(this::current).orElseGet(() -> first(tenant));
    }

    /// One thread at a time makes authorities; of several nodes the vault lets one win.
    private OpenAuthority first(Name tenant) {
        making.lock();
        try {
            OpenAuthority known = newest.get(tenant);
            return known != null ? known : current(vault.keepFirst(maker.make(tenant, clock.instant())));
        } finally {
            making.unlock();
        }
    }

    private OpenAuthority current(AuthorityVault.Kept kept) {
        OpenAuthority opened = open(kept);
        newest.put(kept.tenant(), opened);
        return opened;
    }

    /// The authority of a key identifier; empty for one that never was.
    Optional<OpenAuthority> find(String issuer) {
        OpenAuthority known = byIssuer.get(issuer);
        if (known != null || !KEY_ID.matcher(issuer).matches()) {
            return Optional.ofNullable(known);
        }
        return vault.find(issuer).map(this::open);
    }

    private OpenAuthority open(AuthorityVault.Kept kept) {
        OpenAuthority opened = OpenAuthority.of(kept, engine);
        byIssuer.put(kept.issuer(), opened);
        return opened;
    }
}
