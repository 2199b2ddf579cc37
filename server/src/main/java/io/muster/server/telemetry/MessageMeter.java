package io.muster.server.telemetry;

import io.muster.core.device.Name;
import io.muster.core.telemetry.TelemetryObserver;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts messages of devices, and measures how long they take until they are durable.
final class MessageMeter implements TelemetryObserver {

    private record Amount(CounterDataPoint messages, CounterDataPoint bytes) {}

    private final CounterDataPoint accepted;
    private final CounterDataPoint refused;
    private final DistributionDataPoint duration;
    private final Counter routed;
    private final Counter delivered;
    private final Counter bytes;

    /// Found once: there are as many as an operator set.
    private final Map<Name, CounterDataPoint> routes = new ConcurrentHashMap<>();

    private final Map<Name, Amount> sinks = new ConcurrentHashMap<>();

    MessageMeter(PrometheusRegistry registry) {
        Counter messages = counter(
                "muster_telemetry_messages_total",
                "Messages of devices by what became of them; refused ones are kept by their devices.",
                "outcome",
                registry);
        accepted = messages.labelValues("accepted");
        refused = messages.labelValues("refused");
        routed = counter(
                "muster_telemetry_routed_total",
                "Messages that went by a route; one may go by several.",
                "route",
                registry);
        delivered =
                counter("muster_telemetry_delivered_total", "Messages that a sink holds durably.", "sink", registry);
        bytes = counter(
                "muster_telemetry_delivered_bytes_total",
                "Bytes of the events that a sink holds durably.",
                "sink",
                registry);
        duration = Histogram.builder()
                .name("muster_telemetry_duration_seconds")
                .unit(Unit.SECONDS)
                .help("How long a message took from its arrival until it was durable in every sink of its routes.")
                .classicOnly()
                .classicUpperBounds(Buckets.SECONDS)
                .withoutExemplars()
                .register(registry);
    }

    private static Counter counter(String name, String help, String label, PrometheusRegistry registry) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void accepted(long nanos) {
        accepted.inc();
        duration.observe(Unit.nanosToSeconds(nanos));
    }

    @Override
    public void refused() {
        refused.inc();
    }

    @Override
    public void routed(Name route) {
        routes.computeIfAbsent(route, name -> routed.labelValues(name.value())).inc();
    }

    @Override
    public void delivered(Name sink, int size) {
        Amount amount = sinks.computeIfAbsent(
                sink, name -> new Amount(delivered.labelValues(name.value()), bytes.labelValues(name.value())));
        amount.messages().inc();
        amount.bytes().inc(size);
    }
}
