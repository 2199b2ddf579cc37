package io.muster.fleet.run;

/// How fast a fleet arrives.
public sealed interface Pace {

    /// The most devices that are under way at one time.
    int concurrency();

    /// Closed loop: the next device arrives when one before it is done. Measures the highest rate.
    record AsFastAsServed(int concurrency) implements Pace {
        public AsFastAsServed {
            atLeastOne(concurrency);
        }
    }

    /// Open loop: devices arrive at a fixed rate whatever the server does, and latency counts from the moment at
    /// which a device was due, so that a stall of the server is not hidden by arrivals that waited for it (no
    /// coordinated omission).
    ///
    /// @param perSecond   arrivals per second
    /// @param concurrency beyond it arrivals wait, and their waiting counts
    record AtRate(double perSecond, int concurrency) implements Pace {
        public AtRate {
            atLeastOne(concurrency);
            if (!(perSecond > 0) || perSecond > 1_000_000) {
                throw new IllegalArgumentException("The rate must be above 0 and at most 1,000,000 devices a second");
            }
        }
    }

    private static void atLeastOne(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("At least one device at a time must be let in");
        }
    }
}
