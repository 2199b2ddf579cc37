package io.muster.fleet.bench;

import io.muster.fleet.run.Pace;
import java.util.Optional;

/// How the devices of the first measured run come.
///
/// @param perSecond a fixed rate; as fast as they are served where absent
record Arrivals(Optional<Double> perSecond) {

    Pace pace(Pace asFastAsServed, int places) {
        return perSecond.<Pace>map(rate -> new Pace.AtRate(rate, places)).orElse(asFastAsServed);
    }
}
