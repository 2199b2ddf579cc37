package io.muster.store.roster;

import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The roster at one moment, individual enrollments apart.
///
/// @param number the edition; every operator's change makes the next one
record Edition(long number, Map<Name, Holding> tenants) {

    Edition {
        tenants = Map.copyOf(tenants);
    }

    /// What a tenant has.
    ///
    /// @param number      the tenant in the tables
    /// @param profiles    the newest version of each
    /// @param individuals whether it has, or ever had, an individual enrollment
    /// @param verified    fingerprints of the authorities whose keys it proved to hold
    /// @param policies    those that it keeps by name
    record Holding(
            int number,
            Tenant tenant,
            List<Hub> hubs,
            List<CertificateProfile> profiles,
            List<Enrollment> groups,
            boolean individuals,
            Set<String> verified,
            Map<PolicyName, NamedPolicy> policies) {

        Holding {
            hubs = List.copyOf(hubs);
            profiles = List.copyOf(profiles);
            groups = List.copyOf(groups);
            verified = Set.copyOf(verified);
            policies = Map.copyOf(policies);
        }

        boolean isGroup(Name enrollment) {
            return group(enrollment).isPresent();
        }

        Optional<Enrollment> group(Name enrollment) {
            return groups.stream()
                    .filter(group -> group.name().equals(enrollment))
                    .findFirst();
        }
    }

    Optional<Holding> holding(Name tenant) {
        return Optional.ofNullable(tenants.get(tenant));
    }

    /// The tenant of a caller: the one of its scope; the only one there is, where it names none.
    Optional<Holding> of(Optional<String> scope) {
        return scope.isEmpty() ? only() : scope.flatMap(Name::parse).flatMap(this::holding);
    }

    List<Name> tenantsAt(String host) {
        return tenants.values().stream()
                .filter(it -> it.tenant().enabled())
                .filter(it ->
                        it.hubs().stream().anyMatch(hub -> hub.endpoint().host().equalsIgnoreCase(host)))
                .map(it -> it.tenant().name())
                .sorted()
                .toList();
    }

    /// The groups that take certificates of an authority with one of these names. Where there are several tenants, a
    /// caller that names none is nobody's but a verified authority's: or one tenant could name another's authority
    /// and wait for its devices.
    Stream<Enrollment> trusting(Optional<String> scope, Set<String> issuers) {
        boolean named = scope.isPresent() || tenants.size() == 1;
        return tenants.values().stream()
                .filter(it -> it.tenant().enabled())
                .filter(it -> scope.filter(
                                name -> !name.equals(it.tenant().name().value()))
                        .isEmpty())
                .flatMap(it -> it.groups().stream()
                        .filter(group -> group.enabled()
                                && trusts(group, issuers, named ? Optional.empty() : Optional.of(it.verified()))));
    }

    /// @param among the fingerprints of those that count; empty: all do
    private static boolean trusts(Enrollment group, Set<String> issuers, Optional<Set<String>> among) {
        return group.proof() instanceof Proof.Authorities wanted
                && wanted.anchors().stream()
                        .anyMatch(anchor -> issuers.contains(anchor.subject())
                                && among.map(it -> it.contains(anchor.fingerprint()))
                                        .orElse(true));
    }

    /// The tenant of a caller that names none: the only one there is.
    private Optional<Holding> only() {
        return tenants.size() == 1 ? Optional.of(tenants.values().iterator().next()) : Optional.empty();
    }
}
