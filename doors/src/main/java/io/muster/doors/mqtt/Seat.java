package io.muster.doors.mqtt;

import io.muster.core.door.Stay;
import java.util.Optional;
import java.util.function.Function;

/// The place of somebody who was let in: his as long as he may stay.
public final class Seat {

    private final Function<Runnable, Stay> watch;
    private Optional<Stay> stay = Optional.empty();

    /// @param watch begins to watch over the connection; what it is given ends it
    public Seat(Function<Runnable, Stay> watch) {
        this.watch = watch;
    }

    /// The connection stands; it ends when he may not stay.
    public void take(MqttReplies replies) {
        stay = Optional.of(watch.apply(replies::dismiss));
    }

    /// Something came.
    public void heard() {
        stay.ifPresent(Stay::heard);
    }

    public void leave(Departure departure) {
        stay.ifPresent(it -> it.leave(departure.parting()));
    }
}
