package io.muster.store.roster;

import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Tenant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    record Holding(
            int number,
            Tenant tenant,
            List<Hub> hubs,
            List<CertificateProfile> profiles,
            List<Enrollment> groups,
            boolean individuals) {

        Holding {
            hubs = List.copyOf(hubs);
            profiles = List.copyOf(profiles);
            groups = List.copyOf(groups);
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

    /// The tenant of a caller that names none: the only one there is.
    private Optional<Holding> only() {
        return tenants.size() == 1 ? Optional.of(tenants.values().iterator().next()) : Optional.empty();
    }
}
