package io.muster.store.roster;

import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
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
    /// @param individuals whether it has, or ever had, an individual enrollment
    record Holding(int number, Tenant tenant, List<Hub> hubs, List<Enrollment> groups, boolean individuals) {

        Holding {
            hubs = List.copyOf(hubs);
            groups = List.copyOf(groups);
        }

        boolean isGroup(Name enrollment) {
            return groups.stream().anyMatch(group -> group.name().equals(enrollment));
        }
    }

    Optional<Holding> holding(Name tenant) {
        return Optional.ofNullable(tenants.get(tenant));
    }

    /// The tenant of a caller that names none: the only one there is.
    Optional<Holding> only() {
        return tenants.size() == 1 ? Optional.of(tenants.values().iterator().next()) : Optional.empty();
    }
}
