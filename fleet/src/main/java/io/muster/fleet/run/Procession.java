package io.muster.fleet.run;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Lets comers in at a pace, and waits for the end of every one.
///
/// @param <D> who comes
/// @param <R> how it ends for one of them
record Procession<D, R>(Pace pace, Start<D, R> start, Tally tally, Consumer<R> count) {

    /// Begins with one comer and returns at once; `whenDone` hears its end exactly once.
    interface Start<D, R> {
        void begin(D comer, long sinceNanos, Consumer<R> whenDone);
    }

    /// Returns when the last one has its end. The comers are asked for one by one, as they arrive.
    ///
    /// @param witness hears every end, on several threads at once; it must be quick and must not block
    FleetSummary run(Iterable<? extends D> comers, Consumer<R> witness) throws InterruptedException {
        Semaphore places = new Semaphore(pace.concurrency());
        long begun = System.nanoTime();
        long arrivals = 0;
        for (D comer : comers) {
            long since = admit(begun, arrivals, places);
            arrivals++;
            start.begin(comer, since, end -> {
                try {
                    count.accept(end);
                    witness.accept(end);
                } finally {
                    places.release();
                }
            });
        }
        places.acquire(pace.concurrency());
        return tally.summary(Duration.ofNanos(System.nanoTime() - begun));
    }

    /// Waits until the next one may arrive; the moment from which its latency counts.
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
