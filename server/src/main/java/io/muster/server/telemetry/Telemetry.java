package io.muster.server.telemetry;

import io.muster.core.flow.Observer;
import io.muster.core.flow.RelayObserver;
import io.muster.core.telemetry.TelemetryObserver;
import io.muster.doors.listener.TlsWatch;
import io.muster.store.lane.LaneWatch;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that watches one house: give each room its listener, then [#read] the rest, then hand out [#text].
public final class Telemetry implements AutoCloseable {

    private static final int USUAL_SIZE = 64 * 1024;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final LaneMeter lane = new LaneMeter(registry);
    private final TlsMeter tls = new TlsMeter(registry);
    private final SinkMeter sinks = new SinkMeter(registry);
    private final MessageMeter messages = new MessageMeter(registry);
    private final Optional<Tracing> tracing;
    private final Hearers hearers;

    private Telemetry(Optional<TraceSettings> traces, String version) {
        List<Observer> observers = new ArrayList<>(List.of(new LogNumbers(), new AttemptMeter(registry)));
        this.tracing = traces.map(settings -> new Tracing(settings, version, registry));
        tracing.ifPresent(observers::add);
        this.hearers = new Hearers(observers);
        JvmMetrics.builder().register(registry);
    }

    /// @param traces where they go; empty for nowhere
    /// @param version of Muster
    public static Telemetry open(Optional<TraceSettings> traces, String version) {
        return new Telemetry(traces, version);
    }

    /// For the pipeline.
    public Observer observer() {
        return hearers;
    }

    /// For the store.
    public LaneWatch lane() {
        return lane;
    }

    /// For the relays.
    public RelayObserver sinks() {
        return sinks;
    }

    /// For the messages of devices.
    public TelemetryObserver messages() {
        return messages;
    }

    /// For the listeners.
    public TlsWatch tls() {
        return tls;
    }

    /// From now on these are read, too, when somebody asks.
    public void read(Readings readings) {
        Gauges.register(registry, readings);
    }

    /// Everything that is measured, as Prometheus reads it (text format 0.0.4).
    public String text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// Sends the traces that wait.
    @Override
    public void close() {
        tracing.ifPresent(Tracing::close);
    }
}
