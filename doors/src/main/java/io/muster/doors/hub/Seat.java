package io.muster.doors.hub;

import io.muster.core.door.Admitted;
import io.muster.core.door.HubAdmission;
import io.muster.core.door.Stay;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.MqttReplies;
import java.util.Optional;

/// The place of a device that was let in: its own as long as it may stay.
final class Seat {

    private final HubAdmission admission;
    private final Admitted.Known known;
    private Optional<Stay> stay = Optional.empty();

    Seat(HubAdmission admission, Admitted.Known known) {
        this.admission = admission;
        this.known = known;
    }

    /// The connection stands; it ends when the device may not stay.
    void take(MqttReplies replies) {
        stay = Optional.of(admission.stay(known, replies::dismiss));
    }

    /// Something came.
    void heard() {
        stay.ifPresent(Stay::heard);
    }

    void leave(Departure departure) {
        stay.ifPresent(it -> it.leave(departure.parting()));
    }
}
