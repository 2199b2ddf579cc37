package io.muster.core.ledger;

import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import java.util.List;
import java.util.Optional;

/// The tries that are kept, for operators.
public interface Attempts {

    /// The tries under a name, newest first, at most `limit`.
    ///
    /// @param scope only those at enrollments that it covers; where it names regions, only those of devices there
    List<Attempt> of(Name tenant, Scope scope, RegistrationId name, int limit);

    /// The same for whoever sees all of the tenant.
    default List<Attempt> of(Name tenant, RegistrationId name, int limit) {
        return of(tenant, Scope.of(tenant), name, limit);
    }

    /// One try by its number; empty where it is not kept, or is another tenant's.
    Optional<Attempt> find(Name tenant, AttemptId id);
}
