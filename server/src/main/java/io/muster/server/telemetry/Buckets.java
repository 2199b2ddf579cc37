package io.muster.server.telemetry;

/// The upper bounds of our histograms.
final class Buckets {

    /// From a pure decision to a database that hangs.
    static final double[] SECONDS = {
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    /// Acts in a batch; there are at most a thousand.
    static final double[] ACTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000};

    private Buckets() {}
}
