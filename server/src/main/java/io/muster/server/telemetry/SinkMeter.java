package io.muster.server.telemetry;

import io.muster.core.device.Name;
import io.muster.core.flow.RelayObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// Counts what this node delivers to sinks.
final class SinkMeter implements RelayObserver {

    private final Counter events;
    private final Counter failures;

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
}
