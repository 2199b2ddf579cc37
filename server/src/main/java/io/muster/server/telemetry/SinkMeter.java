package io.muster.server.telemetry;

import io.muster.core.device.Name;
import io.muster.core.flow.RelayObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// Counts what this node delivers to sinks.
final class SinkMeter implements RelayObserver {

    private final Counter events;
    private final Counter failures;
    private final Gauge circuit;

    SinkMeter(PrometheusRegistry registry) {
        events = Counter.builder()
                .name("muster_sink_events_total")
                .help("Events that this node delivered to a sink, and that the sink holds durably.")
                .labelNames("sink")
                .withoutExemplars()
                .register(registry);
        failures = Counter.builder()
                .name("muster_sink_failures_total")
                .help("Tries of this node to feed a sink that failed; they are repeated.")
                .labelNames("sink")
                .withoutExemplars()
                .register(registry);
        circuit = Gauge.builder()
                .name("muster_sink_circuit")
                .help(
                        "The way from this node to a sink: 0 closed (it is fed), 1 half open (it is tried), 2 open (it failed"
                                + " 4 times in a row and is left alone for a while).")
                .labelNames("sink")
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void delivered(Name sink, int count) {
        failures.initLabelValues(sink.value());
        events.labelValues(sink.value()).inc(count);
    }

    @Override
    public void failed(Name sink) {
        failures.labelValues(sink.value()).inc();
    }

    @Override
    public void turned(Name sink, Circuit state) {
        circuit.labelValues(sink.value())
                .set(
                        switch (state) {
                            case CLOSED -> 0;
                            case HALF_OPEN -> 1;
                            case OPEN -> 2;
                        });
    }
}
