package io.muster.core.roster;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import java.util.Optional;

/// Every version that an enrollment ever had. A version never changes. Called by any number of threads.
public interface Versions {

    /// Empty for a version that there never was.
    Optional<Enrollment> of(Name tenant, Origin origin);
}
