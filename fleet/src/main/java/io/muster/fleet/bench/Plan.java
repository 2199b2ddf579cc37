package io.muster.fleet.bench;

import java.util.List;
import java.util.function.Function;

/// What is to be measured.
///
/// @param load     how much
/// @param arrivals how devices come in the first run
/// @param halfRate whether a second run at half of its rate follows
record Plan(Load load, Arrivals arrivals, boolean halfRate) {

    /// The devices of this plan.
    ///
    /// @param factory makes devices with the given names
    <D> Crowd<D> crowd(Function<List<String>, List<D>> factory) {
        return new Crowd<>(
                factory.apply(Fleets.names("warm", load.warmupDevices())),
                factory.apply(Fleets.names("top", load.devices())),
                factory.apply(Fleets.names("half", halfRate ? load.devices() : 0)));
    }
}
