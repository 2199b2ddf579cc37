package io.muster.core.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The certificates that a [MemoryLedger] committed.
public final class MemoryCertificates implements Certificates {

    private final Map<Serial, Kept> kept = new HashMap<>();

    void keep(Device device, Certification certification) {
        certification
                .fresh()
                .ifPresent(it -> kept.put(
                        it.credential().serial(),
                        new Kept(
                                device.tenant(),
                                device.registrationId(),
                                device.origin().enrollment(),
                                it.profile(),
                                it.credential(),
                                it.certificate(),
                                Optional.empty())));
    }

    @Override
    public Optional<Kept> find(Name tenant, Serial serial) {
        return Optional.ofNullable(kept.get(serial)).filter(it -> it.tenant().equals(tenant));
    }

    @Override
    public Page list(Name tenant, Filter filter, Optional<String> cursor, int limit) {
        return new Page(List.copyOf(kept.values()), Optional.empty());
    }

    @Override
    public Revoked revoke(Name tenant, Serial serial, Reason reason, Warrant warrant) {
        return find(tenant, serial).<Revoked>map(Revoked.Done::new).orElseGet(Revoked.Unknown::new);
    }
}
