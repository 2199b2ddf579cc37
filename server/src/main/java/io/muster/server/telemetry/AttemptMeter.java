package io.muster.server.telemetry;

import io.muster.core.door.AttemptId;
import io.muster.core.flow.Course;
import io.muster.core.flow.Course.Passage;
import io.muster.core.flow.Course.Step;
import io.muster.core.flow.Observer;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts tries and measures their steps.
final class AttemptMeter implements Observer {

    private final Labels labels = new Labels();
    private final Map<String, Clocks> clocks = new ConcurrentHashMap<>();
    private final Counter attempts;
    private final Counter polls;
    private final Counter drained;
    private final Histogram whole;
    private final Histogram steps;

    /// The histograms of one door, found once.
    private record Clocks(DistributionDataPoint whole, Map<Step, DistributionDataPoint> steps) {}

    AttemptMeter(PrometheusRegistry registry) {
        attempts = Counter.builder()
                .name("muster_attempts_total")
                .help("Tries to enroll that ended, by door, tenant, enrollment and outcome.")
                .labelNames("door", "tenant", "enrollment", "code")
                .withoutExemplars()
                .register(registry);
        polls = Counter.builder()
                .name("muster_polls_total")
                .help("Questions of devices after an operation or after where they stand.")
                .labelNames("door", "kind", "code")
                .withoutExemplars()
                .register(registry);
        drained = Counter.builder()
                .name("muster_operations_drained_total")
                .help("Deferred tries that this node carried out, by the door they came by and outcome.")
                .labelNames("door", "code")
                .withoutExemplars()
                .register(registry);
        whole = Histogram.builder()
                .name("muster_attempt_duration_seconds")
                .unit(Unit.SECONDS)
                .help("How long a try took from the door's request to its outcome, durable.")
                .labelNames("door")
                .classicOnly()
                .classicUpperBounds(Buckets.SECONDS)
                .withoutExemplars()
                .register(registry);
        steps = Histogram.builder()
                .name("muster_step_duration_seconds")
                .unit(Unit.SECONDS)
                .help("How long a step of a try took.")
                .labelNames("door", "step")
                .classicOnly()
                .classicUpperBounds(Buckets.SECONDS)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void numbered(AttemptId attempt) {}

    @Override
    public void ended(Course course) {
        switch (course.purpose()) {
            case ENROLL -> {
                count(course);
                measure(course);
            }
            case UNREADABLE -> count(course);
            case STATUS ->
                polls.labelValues(course.door(), "status", course.code()).inc();
            case LOOK_UP ->
                polls.labelValues(course.door(), "lookup", course.code()).inc();
            case DEFERRED -> drained.labelValues(course.door(), course.code()).inc();
        }
    }

    private void count(Course course) {
        Labels.Whose whose = labels.of(course);
        attempts.labelValues(course.door(), whose.tenant(), whose.enrollment(), course.code())
                .inc();
    }

    private void measure(Course course) {
        Clocks door = clocks.computeIfAbsent(course.door(), this::clocksOf);
        door.whole().observe(Unit.nanosToSeconds(course.endNanos() - course.beganNanos()));
        for (Passage passage : course.passages()) {
            DistributionDataPoint step = door.steps().get(passage.step());
            if (step != null) {
                step.observe(Unit.nanosToSeconds(passage.endNanos() - passage.startNanos()));
            }
        }
    }

    private Clocks clocksOf(String door) {
        Map<Step, DistributionDataPoint> points = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            points.put(step, steps.labelValues(door, step.name().toLowerCase(Locale.ROOT)));
        }
        return new Clocks(whole.labelValues(door), points);
    }
}
