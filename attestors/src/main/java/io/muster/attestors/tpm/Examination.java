package io.muster.attestors.tpm;

import io.muster.core.device.Name;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.roster.Enrollment;
import java.time.Instant;

/// One request, held against one enrollment, with keys that are sound.
record Examination(Enrollment candidate, EnrollmentRequest request, ShownKeys keys, Instant now, Trail trail) {

    Name tenant() {
        return candidate.tenant();
    }
}
