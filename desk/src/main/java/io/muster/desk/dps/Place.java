package io.muster.desk.dps;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Enrollment;
import java.util.Optional;

/// What there is under an id of Azure's.
sealed interface Place {

    /// Nothing: an enrollment can be made there.
    ///
    /// @param name       how it will be called here
    /// @param individual the one device that may come; empty for a group
    record Free(Name name, Optional<RegistrationId> individual) implements Place {}

    record Held(Enrollment enrollment) implements Place {}

    /// Something that Azure has no word for.
    record Foreign(String why) implements Place {}
}
