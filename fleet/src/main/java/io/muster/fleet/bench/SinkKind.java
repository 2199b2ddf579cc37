package io.muster.fleet.bench;

/// Who is told of events in a benchmark.
enum SinkKind {
    kafka,
    file
}
