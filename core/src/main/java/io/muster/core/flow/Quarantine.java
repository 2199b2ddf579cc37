package io.muster.core.flow;

import io.muster.core.device.Device;
import io.muster.core.door.Admitted;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.permission.Rights;

/// What becomes of a device in quarantine that proves itself and wants to stay.
public enum Quarantine {
    /// It is refused as it is at every other door.
    REFUSE,
    /// It is heard and told nothing: whoever takes its messages sees its state, and keeps them apart.
    HEAR;

    /// Lets a device in that proved itself.
    Admitted admit(Outcome.Enrolled proved, EnrollmentRequest proof, Rights rights) {
        Device device = proved.device();
        return switch (device.state()) {
            case ENABLED -> new Admitted.Known(device, proof, rights);
            case QUARANTINED ->
                this == HEAR
                        ? new Admitted.Known(device, proof, rights.heardOnly())
                        : new Admitted.Refused(proved.attempt(), new Refusal.DeviceQuarantined());
            case DECOMMISSIONED -> new Admitted.Refused(proved.attempt(), new Refusal.Blocked("device"));
        };
    }
}
