package io.muster.fleet.bench;

/// The benchmark of the relay in words and figures.
final class RelayTable {

    private RelayTable() {}

    static String render(RelayReport report) {
        Table table = new Table().machine(report.machine());
        table.title("Told again, as fast as the sink takes it (" + report.sink() + ")")
                .row("entries", "%,d".formatted(report.entries()));
        for (int i = 0; i < report.replays().size(); i++) {
            RelayReport.Told told = report.replays().get(i);
            table.row(
                    "replay " + (i + 1),
                    "%,.0f entries/s in %.1f s, server CPU %.1f us each (JVM %.1f, PostgreSQL %.1f)"
                            .formatted(
                                    told.perSecond(),
                                    told.seconds(),
                                    told.cost().total() * 1000,
                                    told.cost().jvm() * 1000,
                                    told.cost().postgres() * 1000));
        }
        if (report.timed() != null) {
            timed(table, report.timed());
        }
        return table.toString();
    }

    private static void timed(Table table, RelayReport.Timed timed) {
        table.title("Enrolled until seen by a consumer, %.0f arriving per second".formatted(timed.rate()))
                .row(
                        "devices",
                        "%,d enrolled, %,d events seen".formatted(timed.fleet().enrolled(), timed.seen()))
                .row(
                        "latency",
                        "p50 %.1f ms   p90 %.1f ms   p99 %.1f ms   max %.1f ms"
                                .formatted(timed.p50Millis(), timed.p90Millis(), timed.p99Millis(), timed.maxMillis()))
                .failures(timed.fleet());
    }
}
