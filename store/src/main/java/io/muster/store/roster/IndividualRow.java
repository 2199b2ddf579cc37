package io.muster.store.roster;

import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import java.util.List;

/// One individual that is to be added, with all that can be computed before anybody waits for it.
///
/// @param gate   how tables that lie open call it
/// @param name   where its registration id lies
/// @param sealed its body
public record IndividualRow(Enrollment enrollment, String gate, Indexed name, Octets sealed) {

    List<Name> hubs() {
        return switch (enrollment.treatment().allocation()) {
            case Allocation.Hashed hashed -> hashed.hubs();
            case Allocation.Static fixed -> List.of(fixed.hub());
            case Allocation.Custom custom -> custom.hubs();
        };
    }

    Name profile() {
        return enrollment.treatment().certificates().profile();
    }

    /// Whether what is there says the same, whatever its version.
    boolean says(Enrollment present) {
        return present.individual().equals(enrollment.individual())
                && present.proof().equals(enrollment.proof())
                && present.treatment().equals(enrollment.treatment())
                && present.enabled() == enrollment.enabled();
    }
}
