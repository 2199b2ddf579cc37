package io.muster.desk.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Policies with a name in memory, with the rules that their port promises.
public final class MemoryPolicies implements NamedPolicies {

    private final Map<Name, Map<PolicyName, NamedPolicy>> policies = new TreeMap<>();
    private final Registrar registrar;

    MemoryPolicies(Registrar registrar) {
        this.registrar = registrar;
    }

    @Override
    public synchronized Registered<NamedPolicy> create(NamedPolicy first, Warrant warrant) {
        return present(first).isPresent() ? new Registered.Exists<>("policy " + first.name()) : kept(first, warrant);
    }

    @Override
    public synchronized Registered<NamedPolicy> change(NamedPolicy changed, Warrant warrant) {
        return present(changed)
                        .filter(it -> it.version() + 1 == changed.version())
                        .isPresent()
                ? kept(changed, warrant)
                : new Registered.Stale<>("policy " + changed.name());
    }

    @Override
    public synchronized Registered<NamedPolicy> delete(NamedPolicy present, Warrant warrant) {
        String naming = registrar.enrollments(present.tenant(), Optional.empty(), 1000).stream()
                .filter(one -> one.treatment()
                        .template()
                        .filter(it -> it.policies().contains(present.name()))
                        .isPresent())
                .map(one -> one.name().value())
                .collect(Collectors.joining(", "));
        if (!naming.isEmpty()) {
            return new Registered.Needed<>("policy " + present.name(), "enrollments " + naming);
        }
        if (!warrant.dryRun()) {
            of(present.tenant()).remove(present.name());
        }
        return new Registered.Done<>(present);
    }

    @Override
    public synchronized List<NamedPolicy> list(Name tenant) {
        return List.copyOf(of(tenant).values());
    }

    public synchronized void clear() {
        policies.clear();
    }

    private Registered<NamedPolicy> kept(NamedPolicy policy, Warrant warrant) {
        if (!warrant.dryRun()) {
            of(policy.tenant()).put(policy.name(), policy);
        }
        return new Registered.Done<>(policy);
    }

    private Optional<NamedPolicy> present(NamedPolicy named) {
        return Optional.ofNullable(of(named.tenant()).get(named.name()));
    }

    private Map<PolicyName, NamedPolicy> of(Name tenant) {
        return policies.computeIfAbsent(tenant, _ -> new TreeMap<>());
    }
}
