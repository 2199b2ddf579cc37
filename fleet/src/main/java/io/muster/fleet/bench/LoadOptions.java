package io.muster.fleet.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How much to measure, and where to write it.
final class LoadOptions {

    private static final int MOST_DEVICES = 2_000_000;
    private static final int LONGEST_WARMUP_SECONDS = 3600;
    private static final int MOST_AT_ONCE = 20_000;

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "Devices of the measured run, each with a key and a certificate of its own; 20000 if absent.")
    private int devices = 20_000;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            description = "Load before the measured run; 25 if absent, which a JVM needs. "
                    + "Up to four times as long where fewer than 400 devices a second come.")
    private int warmup = 25;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description = "The most devices at one time in the run at top rate; 32 if absent.")
    private int concurrency = 32;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file as JSON, too.")
    private Optional<Path> json = Optional.empty();

    Load load() {
        within("--devices", devices, 1, MOST_DEVICES);
        within("--warmup", warmup, 0, LONGEST_WARMUP_SECONDS);
        within("--concurrency", concurrency, 1, MOST_AT_ONCE);
        return new Load(devices, Duration.ofSeconds(warmup), concurrency);
    }

    Optional<Path> json() {
        return json;
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option + " must be from " + least + " to " + most + ", but is " + value + ".");
        }
    }
}
