package io.muster.fleet.bench;

import io.muster.fleet.run.FleetSummary;
import java.util.Map;

/// Lines of a report for people: a name, a figure with its unit, what it means.
final class Table {

    private final StringBuilder text = new StringBuilder();

    Table title(String title) {
        text.append('\n').append(title).append('\n');
        return this;
    }

    Table row(String name, String figures) {
        text.append("  %-22s %s%n".formatted(name, figures));
        return this;
    }

    Table machine(Machine machine) {
        return title("Machine")
                .row("processor", machine.processor())
                .row("cores", machine.cores().remark())
                .row("java", machine.jvm());
    }

    Table latency(FleetSummary summary) {
        return row(
                "latency",
                "p50 %.1f ms   p90 %.1f ms   p99 %.1f ms   p99.9 %.1f ms   max %.1f ms"
                        .formatted(
                                summary.p50Millis(),
                                summary.p90Millis(),
                                summary.p99Millis(),
                                summary.p999Millis(),
                                summary.maxMillis()));
    }

    /// Who was the limit: a server that is not near 100 % was held up by the devices, or by others on this machine.
    Table busy(FleetSummary summary, Cost cost, Cores cores) {
        if (cores.server().isEmpty()) {
            return this;
        }
        return row(
                "cores busy",
                "server's %.0f %%, devices' %.0f %%"
                        .formatted(
                                percent(cost.total(), summary, cores.server().size()),
                                percent(cost.client(), summary, cores.client().size())));
    }

    private static double percent(double millisEach, FleetSummary summary, int cores) {
        return summary.seconds() > 0 ? millisEach * summary.devices() / summary.seconds() / 10 / cores : 0;
    }

    Table failures(FleetSummary summary) {
        if (summary.refused() + summary.lost() + summary.duplicates() > 0) {
            row(
                    "NOT AS IT SHOULD BE",
                    "%d refused, %d lost, %d duplicates"
                            .formatted(summary.refused(), summary.lost(), summary.duplicates()));
            for (Map.Entry<String, Long> reason : summary.reasons().entrySet()) {
                row("", reason.getValue() + " x " + reason.getKey());
            }
        }
        return this;
    }

    static double mebibytes(long bytes) {
        return bytes / 1048576.0;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
