package io.muster.fleet.bench;

import io.muster.fleet.device.Device;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/// Devices that come for a given time, again and again where there are not enough: a JVM needs some 25 s of load
/// before its figures mean anything.
final class Warmup {

    private Warmup() {}

    static void run(FleetRun run, List<? extends Device> devices, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        FleetSummary summary = run.run(() -> inTurn(devices, end), _ -> {});
        if (summary.enrolled() + summary.reenrolled() == 0 && summary.devices() > 0) {
            throw new IllegalStateException(
                    "Not one device of the warm-up came through, so there is nothing to measure: " + summary.reasons());
        }
    }

    private static Iterator<Device> inTurn(List<? extends Device> devices, long endNanos) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return !devices.isEmpty() && System.nanoTime() < endNanos;
            }

            @Override
            public Device next() {
                if (devices.isEmpty()) {
                    throw new NoSuchElementException();
                }
                return devices.get(next++ % devices.size());
            }
        };
    }
}
