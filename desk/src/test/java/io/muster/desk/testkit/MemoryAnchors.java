package io.muster.desk.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.PossessionCheck;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.core.roster.Registrar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Anchors in memory, with the rules that their port promises. What proves possession is the text `PROOF <code>`.
public final class MemoryAnchors implements RegisteredAnchors, PossessionCheck {

    private final Map<Name, Map<Name, RegisteredAnchor>> anchors = new TreeMap<>();
    private final Registrar registrar;

    public MemoryAnchors(Registrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public Finding check(Anchor anchor, String code, String pem) {
        return pem.equals("PROOF " + code)
                ? new Finding.Proved()
                : new Finding.Unproved("its common name is not the verification code " + code);
    }

    @Override
    public synchronized Registered<RegisteredAnchor> register(RegisteredAnchor first, Warrant warrant) {
        boolean taken = list(first.tenant()).stream()
                .anyMatch(it -> it.name().equals(first.name())
                        || it.certificate()
                                .fingerprint()
                                .equals(first.certificate().fingerprint()));
        return taken ? new Registered.Exists<>("anchor " + first.name()) : kept(first, warrant);
    }

    @Override
    public synchronized Registered<RegisteredAnchor> verify(RegisteredAnchor verified, Warrant warrant) {
        return present(verified)
                        .filter(it -> it.version() + 1 == verified.version())
                        .isPresent()
                ? kept(verified, warrant)
                : new Registered.Stale<>("anchor " + verified.name());
    }

    @Override
    public synchronized Registered<RegisteredAnchor> delete(RegisteredAnchor present, Warrant warrant) {
        Optional<Name> needing = registrar.enrollments(present.tenant(), Optional.empty(), 1000).stream()
                .filter(one -> one.proof() instanceof Proof.Authorities(List<Anchor> trusted)
                        && trusted.contains(present.certificate()))
                .map(one -> one.name())
                .findFirst();
        if (needing.isPresent()) {
            return new Registered.Needed<>("anchor " + present.name(), "enrollment " + needing.get());
        }
        if (!warrant.dryRun()) {
            of(present.tenant()).remove(present.name());
        }
        return new Registered.Done<>(present);
    }

    @Override
    public synchronized List<RegisteredAnchor> list(Name tenant) {
        return List.copyOf(of(tenant).values());
    }

    private Registered<RegisteredAnchor> kept(RegisteredAnchor anchor, Warrant warrant) {
        if (!warrant.dryRun()) {
            of(anchor.tenant()).put(anchor.name(), anchor);
        }
        return new Registered.Done<>(anchor);
    }

    private Optional<RegisteredAnchor> present(RegisteredAnchor named) {
        return Optional.ofNullable(of(named.tenant()).get(named.name()));
    }

    private Map<Name, RegisteredAnchor> of(Name tenant) {
        return anchors.computeIfAbsent(tenant, _ -> new TreeMap<>());
    }
}
