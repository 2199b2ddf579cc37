package io.muster.desk.testkit;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import io.muster.core.roster.Claim;
import io.muster.core.roster.Claims;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Claims in memory, with the rules that their port promises.
public final class MemoryClaims implements Claims {

    private final Registrar registrar;
    private final InstantSource clock;
    private final List<Claim> claims = new ArrayList<>();

    MemoryClaims(Registrar registrar, InstantSource clock) {
        this.registrar = registrar;
        this.clock = clock;
    }

    @Override
    public List<Claim> holding(String fingerprint) {
        throw new UnsupportedOperationException("Devices knock elsewhere");
    }

    @Override
    public synchronized Registered<Claim> make(Order order, Warrant warrant) {
        boolean takes = registrar
                .enrollment(order.tenant(), order.enrollment())
                .filter(enrollment -> enrollment.proof() instanceof Proof.Claims)
                .isPresent();
        if (!takes) {
            return new Registered.Missing<>("group enrollment " + order.enrollment() + " that takes claims");
        }
        String fingerprint = order.certificate().sha256();
        Optional<Claim> taken = claims.stream()
                .filter(it -> it.tenant().equals(order.tenant()))
                .filter(it -> it.name().equals(order.name()) || it.fingerprint().equals(fingerprint))
                .findFirst();
        if (taken.isPresent()) {
            return new Registered.Exists<>("claim " + taken.get().name());
        }
        Claim claim = new Claim(
                new ClaimId(new UUID(8, claims.size() + 1L)),
                order.tenant(),
                order.name(),
                order.enrollment(),
                fingerprint,
                order.budget(),
                false,
                clock.instant(),
                order.notAfter(),
                0,
                0);
        if (!warrant.dryRun()) {
            claims.add(claim);
        }
        return new Registered.Done<>(claim);
    }

    @Override
    public synchronized List<Claim> list(Name tenant, Scope scope, Optional<Name> after, int limit) {
        return claims.stream()
                .filter(it -> it.tenant().equals(tenant) && scope.coversEnrollment(it.enrollment()))
                .filter(it ->
                        after.filter(last -> it.name().compareTo(last) <= 0).isEmpty())
                .sorted(Comparator.comparing(Claim::name))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Claim> find(Name tenant, Name name) {
        return claims.stream()
                .filter(it -> it.tenant().equals(tenant) && it.name().equals(name))
                .findFirst();
    }

    @Override
    public synchronized Registered<Claim> revoke(Name tenant, Name name, Warrant warrant) {
        Optional<Claim> found = find(tenant, name);
        if (found.isEmpty()) {
            return new Registered.Missing<>("claim " + name);
        }
        Claim claim = found.get();
        Claim revoked = changed(claim, true, claim.spent(), claim.networks());
        if (!warrant.dryRun()) {
            claims.set(claims.indexOf(claim), revoked);
        }
        return new Registered.Done<>(revoked);
    }

    /// So many certificates were created with it in this window, from so many networks.
    public synchronized void spend(String name, long creates, int networks) {
        Claim claim = claims.stream()
                .filter(it -> it.name().value().equals(name))
                .findFirst()
                .orElseThrow();
        claims.set(claims.indexOf(claim), changed(claim, claim.revoked(), creates, networks));
    }

    public synchronized void clear() {
        claims.clear();
    }

    private static Claim changed(Claim claim, boolean revoked, long spent, int networks) {
        return new Claim(
                claim.id(),
                claim.tenant(),
                claim.name(),
                claim.enrollment(),
                claim.fingerprint(),
                claim.budget(),
                revoked,
                claim.createdAt(),
                claim.notAfter(),
                spent,
                networks);
    }
}
