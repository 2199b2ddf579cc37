package io.muster.server.telemetry;

import io.muster.store.lane.LaneWatch;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/// Measures the batches of the writer.
final class LaneMeter implements LaneWatch {

    private final Histogram acts;
    private final Histogram commit;
    private final Counter conflicts;

    LaneMeter(PrometheusRegistry registry) {
        acts = Histogram.builder()
                .name("muster_writer_batch_acts")
                .help("Acts in one transaction of the writer.")
                .classicOnly()
                .classicUpperBounds(Buckets.ACTS)
                .withoutExemplars()
                .register(registry);
        commit = Histogram.builder()
                .name("muster_writer_commit_duration_seconds")
                .unit(Unit.SECONDS)
                .help("How long a transaction of the writer took until it was durable.")
                .classicOnly()
                .classicUpperBounds(Buckets.SECONDS)
                .withoutExemplars()
                .register(registry);
        conflicts = Counter.builder()
                .name("muster_writer_conflicts_total")
                .help("Acts that wrote nothing, because what they rested on had moved; they are decided again.")
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void wrote(Batch batch) {
        acts.observe(batch.acts());
        commit.observe(Unit.nanosToSeconds(batch.nanos()));
        conflicts.inc(batch.conflicts());
    }
}
