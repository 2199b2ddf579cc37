package io.muster.doors.aws;

import io.muster.core.door.Admission;
import io.muster.core.door.Admitted;
import io.muster.core.door.Stay;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.MqttReplies;
import java.util.Optional;

/// The place of somebody who was let in: his as long as he may stay.
final class Seat {

    private final Admission admission;
    private final Admitted.Inside inside;
    private Optional<Stay> stay = Optional.empty();

    Seat(Admission admission, Admitted.Inside inside) {
        this.admission = admission;
        this.inside = inside;
    }

    /// The connection stands; it ends when he may not stay.
    void take(MqttReplies replies) {
        stay = Optional.of(admission.stay(inside, replies::dismiss));
    }

    /// Something came.
    void heard() {
        stay.ifPresent(Stay::heard);
    }

    void leave(Departure departure) {
        stay.ifPresent(it -> it.leave(departure.parting()));
    }
}
