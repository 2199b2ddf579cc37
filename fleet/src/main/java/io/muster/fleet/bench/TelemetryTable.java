package io.muster.fleet.bench;

import io.muster.fleet.run.TelemetryRun;

/// The benchmark of telemetry in words and figures.
final class TelemetryTable {

    private TelemetryTable() {}

    static String render(TelemetryReport report) {
        TelemetryRun.Stretch stretch = report.stretch();
        Cost cost = report.cost();
        Table table = new Table()
                .machine(report.machine())
                .title("Messages at QoS 1, one route in CEL, into " + report.sink() + "; " + report.arrivals())
                .row("connections", "%,d, %,d of them open".formatted(report.connections(), report.open()))
                .row("messages", "%,d in %.1f s".formatted(stretch.messages(), stretch.seconds()))
                .row("throughput", "%,.0f messages/s".formatted(stretch.perSecond()))
                .row(
                        "until PUBACK",
                        "p50 %.1f ms   p99 %.1f ms   p99.9 %.1f ms   max %.1f ms"
                                .formatted(
                                        stretch.p50Millis(),
                                        stretch.p99Millis(),
                                        stretch.p999Millis(),
                                        stretch.maxMillis()))
                .row("server CPU", "%.1f µs a message".formatted(cost.total() * 1_000))
                .row("devices' CPU", "%.1f µs a message".formatted(cost.client() * 1_000))
                .row("cores busy", busy(report))
                .row("resident memory", "JVM %.0f MiB".formatted(Table.mebibytes(report.resident())));
        stretch.faults().forEach((fault, count) -> table.row("NOT AS IT SHOULD BE", count + " x " + fault));
        return table.toString();
    }

    /// Who was the limit.
    private static String busy(TelemetryReport report) {
        double perSecond = report.stretch().perSecond();
        return "server's %.0f %%, devices' %.0f %%"
                .formatted(report.cost().total() * perSecond / 10, report.cost().client() * perSecond / 10);
    }
}
