package io.muster.core.roster;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.util.Optional;

/// One version of an enrollment: who may come, proved how, treated how. A version never changes; a change is a new
/// version.
///
/// @param individual the one device that may come; empty for a group
/// @param version from 1
/// @param enabled a disabled enrollment refuses, and keeps what it refuses out of every group
public record Enrollment(
        Name tenant,
        Name name,
        int version,
        Optional<RegistrationId> individual,
        Proof proof,
        Treatment treatment,
        boolean enabled) {

    /// Most group enrollments of a tenant: what one request may have to be checked against.
    public static final int MAX_GROUPS = 64;

    /// The same as another version.
    public Enrollment at(int other) {
        return new Enrollment(tenant, name, other, individual, proof, treatment, enabled);
    }

    public Origin origin() {
        return new Origin(name, version);
    }
}
