package io.muster.cli.command;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Time as a command spends it.
///
/// @param nanos a clock that only moves on
/// @param rest  waits so long; false where it was interrupted
public record Rhythm(LongSupplier nanos, Predicate<Duration> rest) {

    /// The time of this machine.
    public static Rhythm real() {
        return new Rhythm(System::nanoTime, Rhythm::sleep);
    }

    private static boolean sleep(Duration span) {
        try {
            Thread.sleep(span);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
