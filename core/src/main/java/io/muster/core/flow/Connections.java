package io.muster.core.flow;

import io.muster.core.door.Admitted;
import io.muster.core.door.Parting;
import io.muster.core.door.Stay;

/// Everything that a connection needs while it lasts: somebody who watches over it, and a place in the list of those
/// who are there.
///
/// @param oversight  ends it when whoever holds it may not stay
/// @param attendance knows which devices are connected
public record Connections(Oversight oversight, Attendance attendance) {

    Stay stay(Admitted.Inside inside, Runnable ends) {
        Watch watch = oversight.over(inside, ends);
        return switch (inside) {
            case Admitted.Claimant _ -> new Attended(watch, Claimant.NOBODY);
            case Admitted.Known known -> new Attended(watch, attendance.come(known));
        };
    }

    /// Whoever holds a claim is no device yet, and on no list.
    private enum Claimant implements Stay {
        NOBODY;

        @Override
        public void heard() {}

        @Override
        public void leave(Parting parting) {}
    }

    private record Attended(Watch watch, Stay place) implements Stay {

        @Override
        public void heard() {
            place.heard();
        }

        @Override
        public void leave(Parting parting) {
            watch.close();
            place.leave(parting);
        }
    }
}
