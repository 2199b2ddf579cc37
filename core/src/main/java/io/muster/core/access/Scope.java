package io.muster.core.access;

import io.muster.core.device.Name;
import java.util.Optional;
import java.util.Set;

/// How far a principal's role reaches.
///
/// @param tenant      this tenant alone; empty: the whole installation
/// @param enrollments these enrollments of the tenant, and their devices, alone; empty: all
/// @param regions     these regions of the tenant, and the devices there, alone; empty: all
public record Scope(Optional<Name> tenant, Set<Name> enrollments, Set<Name> regions) {

    public static final Scope INSTALLATION = new Scope(Optional.empty(), Set.of(), Set.of());

    public Scope {
        enrollments = Set.copyOf(enrollments);
        regions = Set.copyOf(regions);
        if (tenant.isEmpty() && !(enrollments.isEmpty() && regions.isEmpty())) {
            throw new IllegalArgumentException("a scope of enrollments or regions is one tenant's");
        }
    }

    public static Scope of(Name tenant) {
        return new Scope(Optional.of(tenant), Set.of(), Set.of());
    }

    /// Whether it is narrower than its tenant: to enrollments, to regions, or to both.
    public boolean narrowed() {
        return !(enrollments.isEmpty() && regions.isEmpty());
    }

    public boolean coversInstallation() {
        return tenant.isEmpty();
    }

    public boolean coversTenant(Name name) {
        return tenant.isEmpty() || tenant.get().equals(name);
    }

    /// The whole of a tenant, with all its enrollments and regions.
    public boolean coversAllOf(Name name) {
        return coversTenant(name) && enrollments.isEmpty() && regions.isEmpty();
    }

    public boolean coversEnrollment(Name name) {
        return enrollments.isEmpty() || enrollments.contains(name);
    }

    public boolean coversRegion(Name name) {
        return regions.isEmpty() || regions.contains(name);
    }

    /// Nobody may give more than they have.
    public boolean covers(Scope other) {
        boolean tenantToo = tenant.isEmpty() || tenant.equals(other.tenant);
        boolean enrollmentsToo = narrows(enrollments, other.enrollments);
        boolean regionsToo = narrows(regions, other.regions);
        return tenantToo && enrollmentsToo && regionsToo;
    }

    private static boolean narrows(Set<Name> mine, Set<Name> theirs) {
        return mine.isEmpty() || (!theirs.isEmpty() && mine.containsAll(theirs));
    }
}
