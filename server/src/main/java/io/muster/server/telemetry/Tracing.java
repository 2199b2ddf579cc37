package io.muster.server.telemetry;

import io.muster.core.door.AttemptId;
import io.muster.core.flow.Course;
import io.muster.core.flow.Course.Passage;
import io.muster.core.flow.Course.Purpose;
import io.muster.core.flow.Observer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Makes a trace of each try, after it is over, and sends it by OTLP. Nothing waits for that: where traces cannot be
/// sent as fast as they come, they are dropped and counted.
final class Tracing implements Observer, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration DELAY = Duration.ofSeconds(1);

    /// Twice five seconds and a little: what cannot be sent by then makes room for what is newer.
    private static final int MOST_ATTEMPTS = 2;

    private static final int MOST_WAITING = 8_192;
    private static final int BATCH = 512;

    private static final AttributeKey<String> ATTEMPT = AttributeKey.stringKey("muster.attempt.id");
    private static final AttributeKey<String> DOOR = AttributeKey.stringKey("muster.door");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("muster.code");
    private static final AttributeKey<String> TENANT = AttributeKey.stringKey("muster.tenant");
    private static final AttributeKey<String> ENROLLMENT = AttributeKey.stringKey("muster.enrollment");

    private final Labels labels = new Labels();
    private final SpanGate gate;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /// @param version of Muster
    Tracing(TraceSettings settings, String version, PrometheusRegistry registry) {
        OtlpHttpSpanExporter otlp = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setCompression("gzip")
                .setTimeout(PATIENCE)
                .setConnectTimeout(PATIENCE)
                .setRetryPolicy(
                        RetryPolicy.builder().setMaxAttempts(MOST_ATTEMPTS).build())
                .build();
        gate = new SpanGate(otlp, MOST_WAITING, registry);
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "muster",
                        AttributeKey.stringKey("service.version"),
                        version)))
                .setSampler(Sampler.traceIdRatioBased(settings.ratio()))
                .addSpanProcessor(BatchSpanProcessor.builder(gate)
                        .setMaxQueueSize(2 * MOST_WAITING)
                        .setMaxExportBatchSize(BATCH)
                        .setScheduleDelay(DELAY)
                        .setExporterTimeout(PATIENCE)
                        .build())
                .build();
        tracer = provider.get("muster");
    }

    @Override
    public void numbered(AttemptId attempt) {}

    @Override
    public void ended(Course course) {
        boolean traced = course.purpose() == Purpose.ENROLL || course.purpose() == Purpose.DEFERRED;
        if (traced) {
            trace(course);
        }
    }

    private void trace(Course course) {
        Span whole = begin(course);
        if (!whole.isRecording()) {
            return;
        }
        if (!gate.takes(1 + course.passages().size())) {
            return;
        }
        Context within = Context.root().with(whole);
        for (Passage passage : course.passages()) {
            SpanBuilder step = tracer.spanBuilder(passage.step().name().toLowerCase(Locale.ROOT));
            step.setParent(within)
                    .setStartTimestamp(at(course, passage.startNanos()), TimeUnit.NANOSECONDS)
                    .startSpan()
                    .end(at(course, passage.endNanos()), TimeUnit.NANOSECONDS);
        }
        whole.end(at(course, course.endNanos()), TimeUnit.NANOSECONDS);
    }

    private Span begin(Course course) {
        Labels.Whose whose = labels.of(course);
        SpanBuilder builder = tracer.spanBuilder(course.purpose() == Purpose.ENROLL ? "attempt" : "deferred attempt")
                .setNoParent()
                .setSpanKind(course.purpose() == Purpose.ENROLL ? SpanKind.SERVER : SpanKind.INTERNAL)
                .setStartTimestamp(at(course, course.beganNanos()), TimeUnit.NANOSECONDS)
                .setAttribute(DOOR, course.door())
                .setAttribute(CODE, course.code());
        if (!whose.tenant().isEmpty()) {
            builder.setAttribute(TENANT, whose.tenant());
        }
        if (!whose.enrollment().isEmpty()) {
            builder.setAttribute(ENROLLMENT, whose.enrollment());
        }
        course.attempt().ifPresent(id -> builder.setAttribute(ATTEMPT, id.toString()));
        Span span = builder.startSpan();
        return course.code().equals(Course.FAULT) ? span.setStatus(StatusCode.ERROR) : span;
    }

    /// A moment by the JVM's own clock as one of the node's.
    private static long at(Course course, long nanos) {
        Instant began = course.began();
        return TimeUnit.SECONDS.toNanos(began.getEpochSecond()) + began.getNano() + nanos - course.beganNanos();
    }

    /// Sends what waits, for at most five seconds.
    @Override
    public void close() {
        CompletableResultCode ended = provider.shutdown();
        ended.join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
