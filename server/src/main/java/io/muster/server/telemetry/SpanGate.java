package io.muster.server.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets so many spans be under way and no more, and counts what became of each: the queue behind it never fills, so
/// that no span is lost uncounted.
final class SpanGate implements SpanExporter {

    private final SpanExporter exporter;
    private final int most;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Counter spans;

    SpanGate(SpanExporter exporter, int most, PrometheusRegistry registry) {
        this.exporter = exporter;
        this.most = most;
        this.spans = Counter.builder()
                .name("muster_trace_spans_total")
                .help("Spans of traces: sent, dropped because too many waited, or failed to be sent.")
                .labelNames("result")
                .withoutExemplars()
                .register(registry);
        spans.initLabelValues("sent");
        spans.initLabelValues("dropped");
        spans.initLabelValues("failed");
    }

    /// Whether so many more may come; they must then.
    boolean takes(int count) {
        if (underWay.addAndGet(count) <= most) {
            return true;
        }
        underWay.addAndGet(-count);
        spans.labelValues("dropped").inc(count);
        return false;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
        // Whoever brings the batch empties it when its patience ends, which may be before the exporter's.
        int size = batch.size();
        CompletableResultCode result = exporter.export(batch);
        return result.whenComplete(() -> {
            underWay.addAndGet(-size);
            spans.labelValues(result.isSuccess() ? "sent" : "failed").inc(size);
        });
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
