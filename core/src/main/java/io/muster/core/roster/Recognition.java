package io.muster.core.roster;

import io.muster.core.connectivity.Hub;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import java.util.List;

/// What the roster says of a caller.
public sealed interface Recognition {

    /// The tenant, and the enrollments that may take the device: its individual enrollment alone where it has one
    /// (disabled or not), else the tenant's groups, at most [Enrollment#MAX_GROUPS].
    ///
    /// @param hubs every hub of the tenant
    /// @param edition number of the roster's edition that this was read from; a commit rests on it
    record Recognized(
            EnrollmentRequest request, Tenant tenant, List<Enrollment> candidates, List<Hub> hubs, long edition)
            implements Recognition {
        public Recognized {
            candidates = List.copyOf(candidates);
            hubs = List.copyOf(hubs);
        }
    }

    /// Nobody here knows the caller.
    record Unrecognized(Refusal refusal) implements Recognition {}
}
