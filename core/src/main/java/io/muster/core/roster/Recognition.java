package io.muster.core.roster;

import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import java.util.List;
import java.util.Optional;

/// What the roster says of a caller.
public sealed interface Recognition {

    /// The tenant, and the enrollments that may take the device: its individual enrollment alone where it has one
    /// (disabled or not), else the tenant's groups, at most [Enrollment#MAX_GROUPS]; of these only the one that the
    /// request names, where it names one.
    ///
    /// @param hubs every hub of the tenant
    /// @param profiles the newest version of every certificate profile of the tenant
    /// @param edition number of the roster's edition that this was read from; a commit rests on it
    record Recognized(
            EnrollmentRequest request,
            Tenant tenant,
            List<Enrollment> candidates,
            List<Hub> hubs,
            List<CertificateProfile> profiles,
            long edition)
            implements Recognition {
        public Recognized {
            candidates = List.copyOf(candidates);
            hubs = List.copyOf(hubs);
            profiles = List.copyOf(profiles);
        }

        /// The same caller with more to show.
        public Recognized showing(Evidence more) {
            return new Recognized(request.showing(more), tenant, candidates, hubs, profiles, edition);
        }

        /// The newest version of a profile.
        public Optional<CertificateProfile> profile(Name name) {
            return profiles.stream().filter(it -> it.name().equals(name)).findFirst();
        }
    }

    /// Nobody here knows the caller.
    record Unrecognized(Refusal refusal) implements Recognition {}
}
