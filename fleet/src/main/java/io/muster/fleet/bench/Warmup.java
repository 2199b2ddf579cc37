package io.muster.fleet.bench;

import io.muster.fleet.run.FleetSummary;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Devices that come for a given time, and longer where too few came in it; again and again where there are not
/// enough. A JVM needs some 25 s of load before its figures mean anything.
final class Warmup {

    private Warmup() {}

    /// What the devices of a warm-up do.
    interface Run<D> {
        FleetSummary of(Iterable<D> devices) throws InterruptedException;
    }

    static <D> void run(Run<D> run, List<D> devices, Load load) throws InterruptedException {
        long now = System.nanoTime();
        FleetSummary summary = run.of(() -> inTurn(devices, load, now));
        if (summary.enrolled() + summary.reenrolled() == 0 && summary.devices() > 0) {
            throw new IllegalStateException(
                    "Not one device of the warm-up came through, so there is nothing to measure: " + summary.reasons());
        }
    }

    private static <D> Iterator<D> inTurn(List<D> devices, Load load, long begun) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                long lasted = System.nanoTime() - begun;
                boolean enough = lasted >= load.warmup().toNanos() && next >= load.warmupLeast();
                return !devices.isEmpty()
                        && !enough
                        && lasted < load.warmupAtMost().toNanos();
            }

            @Override
            public D next() {
                if (devices.isEmpty()) {
                    throw new NoSuchElementException();
                }
                return devices.get(next++ % devices.size());
            }
        };
    }
}
