package io.muster.fleet.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How much telemetry to measure.
final class TelemetryOptions {

    private static final int MOST_CONNECTIONS = 10_000;
    private static final int LONGEST_SECONDS = 3600;

    /// What the server lets one connection say.
    private static final int MOST_PER_CONNECTION = 100;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Devices that are connected all the time; 1000 if absent.")
    private int connections = 1_000;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Messages per second of all devices together, whatever the server does; "
                    + "as fast as they are acknowledged if absent.")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "How long it is measured; 30 if absent.")
    private int seconds = 30;

    @Option(names = "--warmup", paramLabel = "SECONDS", description = "Load before that; 25 if absent.")
    private int warmup = 25;

    @Option(
            names = "--kafka",
            paramLabel = "BOOTSTRAP",
            description = "A running Kafka, host:port, into which all messages go; into a file if absent.")
    private Optional<String> kafka = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file as JSON, too.")
    private Optional<Path> json = Optional.empty();

    int connections() {
        return connections;
    }

    Optional<Double> rate() {
        return rate;
    }

    Duration seconds() {
        return Duration.ofSeconds(seconds);
    }

    Duration warmup() {
        return Duration.ofSeconds(warmup);
    }

    Optional<String> kafka() {
        return kafka;
    }

    Optional<Path> json() {
        return json;
    }

    void refuseWhatDoesNotFit() {
        within("--connections", connections, 1, MOST_CONNECTIONS);
        within("--seconds", seconds, 1, LONGEST_SECONDS);
        within("--warmup", warmup, 1, LONGEST_SECONDS);
        double most = (double) connections * MOST_PER_CONNECTION;
        if (rate.isPresent() && !(rate.get() > 0 && rate.get() <= most)) {
            throw new IllegalArgumentException("--rate must be above 0 and at most " + (long) most + ": "
                    + MOST_PER_CONNECTION + " messages a second of each connection are served. Add --connections.");
        }
    }

    private static void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    option + " must be from " + least + " to " + most + ", but is " + value + ".");
        }
    }
}
