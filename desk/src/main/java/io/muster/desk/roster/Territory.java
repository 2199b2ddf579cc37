package io.muster.desk.roster;

import io.muster.core.access.Scope;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Registrar;
import java.util.List;

/// Whether what an enrollment does stays within a caller's scope: a scope of regions covers only enrollments that put
/// devices there and nowhere else.
public final class Territory {

    private final Registrar registrar;

    public Territory(Registrar registrar) {
        this.registrar = registrar;
    }

    boolean covers(Scope scope, Enrollment enrollment) {
        return scope.coversEnrollment(enrollment.name())
                && (scope.regions().isEmpty() || staysWithin(scope, enrollment));
    }

    /// The same of an enrollment by its name; what is not there is covered by the whole tenant alone.
    public boolean covers(Scope scope, Name tenant, Name enrollment) {
        return !scope.narrowed()
                || registrar
                        .enrollment(tenant, enrollment)
                        .filter(found -> covers(scope, found))
                        .isPresent();
    }

    private boolean staysWithin(Scope scope, Enrollment enrollment) {
        List<Hub> all = registrar.hubs(enrollment.tenant());
        List<Name> named =
                switch (enrollment.treatment().allocation()) {
                    case Allocation.Hashed hashed -> hashed.hubs();
                    case Allocation.Static fixed -> List.of(fixed.hub());
                    case Allocation.Custom custom -> custom.hubs();
                };
        return !named.isEmpty()
                && all.stream()
                                .filter(hub -> named.contains(hub.name()))
                                .filter(hub -> scope.coversRegion(hub.region()))
                                .count()
                        == named.stream().distinct().count();
    }
}
