package io.muster.fleet.run;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.dps.DpsClient;
import io.muster.fleet.dps.Judge;
import io.muster.fleet.dps.Registration;
import io.muster.fleet.dps.Target;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Lets a fleet arrive at a server and waits for the end of every device.
public final class FleetRun {

    private final Target target;
    private final Pace pace;
    private final Patience patience;
    private final Judge judge;

    public FleetRun(Target target, Pace pace, Patience patience, Judge judge) {
        this.target = target;
        this.pace = pace;
        this.patience = patience;
        this.judge = judge;
    }

    /// Registers all devices and returns when the last one has its end. The devices are asked for one by one, as they
    /// arrive.
    ///
    /// @param witness hears every ending, on several threads at once; it must be quick and must not block
    public FleetSummary run(Iterable<? extends Device> devices, Consumer<Registration> witness)
            throws InterruptedException {
        Semaphore places = new Semaphore(pace.concurrency());
        Tally tally = new Tally();
        int threads = Runtime.getRuntime().availableProcessors();
        try (DpsClient client = new DpsClient(target, patience, judge, threads)) {
            long begun = System.nanoTime();
            long arrivals = 0;
            for (Device device : devices) {
                long since = admit(begun, arrivals, places);
                arrivals++;
                client.register(device, since, registration -> {
                    try {
                        tally.add(registration);
                        witness.accept(registration);
                    } finally {
                        places.release();
                    }
                });
            }
            places.acquire(pace.concurrency());
            return tally.summary(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /// Waits until the next device may arrive; the moment from which its latency counts.
    private long admit(long begun, long arrivals, Semaphore places) throws InterruptedException {
        return switch (pace) {
            case Pace.AsFastAsServed _ -> {
                places.acquire();
                yield System.nanoTime();
            }
            case Pace.AtRate(double perSecond, int _) -> {
                long due = begun + (long) (arrivals / perSecond * 1e9);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                places.acquire();
                yield due;
            }
        };
    }
}
