package io.muster.core.roster;

import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who may come, read-only: what the pipeline asks.
///
/// An implementer may answer from memory, for as long as a change by any node is seen within two seconds,
/// [#refresh()] brings the newest, and the ledger refuses to commit what rests on an older edition of the tenant, hub
/// or enrollment. Called by any number of threads.
public interface Roster {

    /// Recognizes a caller: which tenant (its scope, else the only tenant there is), and which enrollments may take
    /// it.
    Recognition recognize(EnrollmentRequest request);

    /// What is at the endpoint that a caller names, before it shows anything: the tenant and, where it names one, the
    /// group enrollment (an individual one is told to nobody); else why not.
    Endpoint endpoint(Optional<String> scope, Optional<Name> enrollment);

    /// The enabled group enrollments that take certificates of an authority with one of these names: whoever shows a
    /// chain with such an issuer may be one of their devices. At most 16.
    ///
    /// @param scope   the tenant that the caller names; empty: every enabled tenant, of which each counts by the
    ///     authorities alone whose keys it proved to hold, unless there is only one
    /// @param issuers names in words, as anchors have them
    List<Enrollment> trusting(Optional<String> scope, Set<String> issuers);

    /// The enabled tenants that have a hub whose endpoint has this host, in any letters.
    List<Name> tenantsAt(String host);

    /// Those policies of a tenant that there are, of those that are named, all as they stood at one moment.
    Map<PolicyName, NamedPolicy> policies(Name tenant, Set<PolicyName> names);

    /// Reads the newest edition before the next recognition; for a caller whose act was refused as resting on an old
    /// one.
    void refresh();

    /// What is at an endpoint.
    sealed interface Endpoint {

        /// @param profiles the newest version of every certificate profile of the tenant
        record Open(Tenant tenant, Optional<Enrollment> enrollment, List<CertificateProfile> profiles)
                implements Endpoint {
            public Open {
                profiles = List.copyOf(profiles);
            }
        }

        record Nothing(Refusal refusal) implements Endpoint {}
    }
}
