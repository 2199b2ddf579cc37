package io.muster.core.roster;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.util.Optional;

/// Every version that an enrollment ever had, and individual enrollments by their device. Called by any number of
/// threads.
public interface Versions {

    /// A version never changes. Empty for one that there never was.
    Optional<Enrollment> of(Name tenant, Origin origin);

    /// The enrollment that a device has of its own by now, in its present version.
    Optional<Enrollment> individual(Name tenant, RegistrationId device);
}
