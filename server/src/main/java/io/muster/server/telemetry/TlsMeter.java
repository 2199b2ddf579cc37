package io.muster.server.telemetry;

import io.muster.doors.listener.TlsWatch;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// Counts handshakes.
final class TlsMeter implements TlsWatch {

    private final Counter handshakes;
    private final Counter failures;

    TlsMeter(PrometheusRegistry registry) {
        handshakes = Counter.builder()
                .name("muster_tls_handshakes_total")
                .help("Handshakes of devices that succeeded, by TLS version and group of the key exchange.")
                .labelNames("version", "group")
                .withoutExemplars()
                .register(registry);
        failures = Counter.builder()
                .name("muster_tls_handshake_failures_total")
                .help("Handshakes of devices that failed, by reason.")
                .labelNames("reason")
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void agreed(String version, String group) {
        handshakes.labelValues(version, group).inc();
    }

    @Override
    public void failed(String reason) {
        failures.labelValues(reason).inc();
    }
}
