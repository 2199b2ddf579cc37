package io.muster.server.telemetry;

import io.muster.core.ledger.Sinks;
import io.muster.store.Vitals;
import io.muster.store.database.PoolUse;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/// What is read when somebody asks.
final class Gauges {

    private static final Duration BACKLOG_LIFE = Duration.ofSeconds(10);
    private static final Duration SINKS_LIFE = Duration.ofSeconds(5);
    private static final Duration EXPIRY_LIFE = Duration.ofMinutes(5);

    private final PrometheusRegistry registry;
    private final Readings readings;

    private Gauges(PrometheusRegistry registry, Readings readings) {
        this.registry = registry;
        this.readings = readings;
    }

    static void register(PrometheusRegistry registry, Readings readings) {
        Gauges gauges = new Gauges(registry, readings);
        gauges.version();
        gauges.backlog();
        gauges.writer();
        gauges.pool();
        gauges.listeners();
        gauges.devices();
        gauges.certificates();
        gauges.desk();
        gauges.sinks();
    }

    private void version() {
        Info.builder()
                .name("muster_build_info")
                .help("The version that runs.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(readings.version());
    }

    private void backlog() {
        Held<Vitals.Backlog> backlog = new Held<>(BACKLOG_LIFE, readings.vitals()::backlog);
        GaugeWithCallback.builder()
                .name("muster_operations_waiting")
                .help("Deferred tries that wait, in the whole installation; counted up to " + Vitals.MOST_COUNTED + ".")
                .callback(at -> backlog.get().ifPresent(it -> at.call(it.waiting())))
                .register(registry);
        GaugeWithCallback.builder()
                .name("muster_operations_oldest_age_seconds")
                .unit(Unit.SECONDS)
                .help("How long the oldest deferred try waits; 0 where none does.")
                .callback(at -> backlog.get()
                        .ifPresent(
                                it -> at.call(Unit.millisToSeconds(it.oldest().toMillis()))))
                .register(registry);
    }

    private void writer() {
        Vitals vitals = readings.vitals();
        gauge("muster_writer_lane", "The number of the lane that this node writes.", () -> vitals.lane()
                .lane());
        gauge("muster_writer_head_sequence", "The number of the newest entry of that lane.", () -> vitals.lane()
                .headSeq());
        gauge("muster_writer_waiting_acts", "Acts that wait for a transaction.", () -> vitals.lane()
                .waiting());
    }

    private void pool() {
        GaugeWithCallback.builder()
                .name("muster_pool_connections")
                .help("Open connections to the database, but for the writer's own.")
                .labelNames("state")
                .callback(at -> {
                    PoolUse use = readings.vitals().pool();
                    at.call(use.inUse(), "in_use");
                    at.call(use.idle(), "idle");
                })
                .register(registry);
        gauge("muster_pool_connections_max", "So many connections there may be.", () -> readings.vitals()
                .pool()
                .most());
        gauge("muster_pool_waiting_threads", "Threads that wait for a connection.", () -> readings.vitals()
                .pool()
                .waiting());
    }

    private void listeners() {
        GaugeWithCallback.builder()
                .name("muster_listener_connections")
                .help("Open connections of a listener.")
                .labelNames("listener")
                .callback(at -> readings.connections().forEach((name, count) -> at.call(count.getAsInt(), name)))
                .register(registry);
    }

    private void devices() {
        GaugeWithCallback.builder()
                .name("muster_devices_connected")
                .help("Devices that are connected to this node, by the protocol of their newest connection.")
                .labelNames("door")
                .callback(at -> readings.devices().get().forEach((door, count) -> at.call(count, door)))
                .register(registry);
    }

    private void certificates() {
        Held<List<Vitals.Expiring>> soon = new Held<>(
                EXPIRY_LIFE, () -> readings.vitals().expiring(readings.clock().instant()));
        GaugeWithCallback.builder()
                .name("muster_certificates_expiring")
                .help("Certificates of devices without a successor that end within so many days; read every 5 minutes.")
                .labelNames("tenant", "within")
                .callback(at -> soon.get()
                        .ifPresent(all -> all.forEach(it -> {
                            at.call((double) it.inWeek(), it.tenant().value(), "7d");
                            at.call((double) it.inMonth(), it.tenant().value(), "30d");
                            at.call((double) it.inQuarter(), it.tenant().value(), "90d");
                        })))
                .register(registry);
    }

    private void desk() {
        CounterWithCallback.builder()
                .name("muster_desk_failed_logins_total")
                .help("Requests at the desk that proved nobody.")
                .callback(at -> at.call((double) readings.failedLogins().getAsLong()))
                .register(registry);
    }

    private void sinks() {
        Held<List<Sinks.Standing>> standing = new Held<>(SINKS_LIFE, readings.sinks()::list);
        ofSinks("muster_sink_lag_entries", "Entries that a sink has not passed.", standing, Sinks.Standing::behind);
        ofSinks(
                "muster_sink_lag_seconds",
                "Age of the oldest entry that a sink has not passed; 0 where there is none.",
                standing,
                it -> Unit.millisToSeconds(it.oldest().toMillis()));
        ofSinks(
                "muster_sink_dead_letters",
                "Entries that a sink could not take, and was not told again.",
                standing,
                Sinks.Standing::deadLetters);
        ofSinks("muster_sink_paused", "1 while an operator has paused the sink.", standing, it -> it.paused() ? 1 : 0);
    }

    private void ofSinks(
            String name, String help, Held<List<Sinks.Standing>> standing, ToDoubleFunction<Sinks.Standing> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("sink")
                .callback(at -> standing.get()
                        .ifPresent(all -> all.forEach(
                                it -> at.call(value.applyAsDouble(it), it.sink().value()))))
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(at -> at.call(value.getAsDouble()))
                .register(registry);
    }
}
