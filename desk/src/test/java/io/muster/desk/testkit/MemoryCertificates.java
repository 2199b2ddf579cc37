package io.muster.desk.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Credential;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Devices;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Issued certificates in memory, with the rules that their port promises.
public final class MemoryCertificates implements Certificates {

    private final InstantSource clock;
    private final List<Kept> kept = new ArrayList<>();

    MemoryCertificates(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void holds(Kept certificate) {
        kept.add(certificate);
    }

    public synchronized void clear() {
        kept.clear();
    }

    @Override
    public synchronized Optional<Kept> find(Name tenant, Serial serial) {
        return kept.stream()
                .filter(one ->
                        one.tenant().equals(tenant) && one.credential().serial().equals(serial))
                .findFirst();
    }

    @Override
    public synchronized Page list(Name tenant, Filter filter, Optional<String> cursor, int limit) {
        int from = cursor.map(MemoryCertificates::index).orElse(0);
        List<Kept> wanted = kept.stream()
                .filter(one -> one.tenant().equals(tenant))
                .filter(one -> filter.scope().coversEnrollment(one.enrollment()))
                .filter(one -> filter.registrationId()
                        .map(one.registrationId()::equals)
                        .orElse(true))
                .filter(one ->
                        filter.state().map(one.credential().state()::equals).orElse(true))
                .skip(from)
                .toList();
        List<Kept> page = wanted.subList(0, Math.min(limit, wanted.size()));
        return new Page(page, wanted.size() > limit ? Optional.of("at/" + (from + limit)) : Optional.empty());
    }

    @Override
    public synchronized Revoked revoke(Name tenant, Serial serial, Reason reason, Warrant warrant) {
        Optional<Kept> found = find(tenant, serial);
        if (found.isEmpty()) {
            return new Revoked.Unknown();
        }
        Kept certificate = found.get();
        if (certificate.revokedAt().isPresent()) {
            return new Revoked.Already(certificate);
        }
        Kept ended = new Kept(
                certificate.tenant(),
                certificate.registrationId(),
                certificate.enrollment(),
                certificate.profile(),
                certificate.credential().as(Credential.State.REVOKED),
                certificate.certificate(),
                Optional.of(new Ended(clock.instant(), reason)));
        if (!warrant.dryRun()) {
            kept.set(kept.indexOf(certificate), ended);
        }
        return new Revoked.Done(ended);
    }

    private static int index(String cursor) {
        if (!cursor.startsWith("at/")) {
            throw new Devices.CursorMalformed();
        }
        return Integer.parseInt(cursor.substring(3));
    }
}
