package io.muster.fleet.bench;

/// The benchmark of enrollments in words and figures.
final class EnrollTable {

    private EnrollTable() {}

    static String render(EnrollReport report) {
        Table table = new Table()
                .machine(report.machine())
                .row(
                        "ready after",
                        "%.1f s, with %s data directory"
                                .formatted(report.readySeconds(), report.freshData() ? "a new" : "an existing"))
                .row("warm-up", report.warmupSeconds() + " s");
        for (Phase phase : report.phases()) {
            phase(table, report, phase);
        }
        report.measuredFloor().ifPresent(floor -> floor(table, report, floor));
        return table.toString();
    }

    private static void floor(Table table, EnrollReport report, FloorReport floor) {
        table.title("Floor of the same run (" + FloorTable.what(floor.duty()) + ")")
                .row("server CPU", "%.3f ms/connection".formatted(floor.cost().total()))
                .row(
                        "throughput",
                        "%,.0f connections/s".formatted(floor.summary().perSecond()))
                .failures(floor.summary())
                .row("server over floor", "%.2f times".formatted(report.timesFloor()));
        if (report.renewalTimesFloor() != null) {
            table.row("renewal over floor", "%.2f times".formatted(report.renewalTimesFloor()));
        }
    }

    private static void phase(Table table, EnrollReport report, Phase phase) {
        table.title(phase.deed().words() + ", " + phase.arrivals())
                .row("devices", "%,d".formatted(phase.summary().devices()))
                .row(
                        "throughput",
                        "%,.0f %s/s"
                                .formatted(
                                        phase.summary().perSecond(),
                                        phase.deed().unit()))
                .busy(phase.summary(), phase.cost(), report.machine().cores())
                .latency(phase.summary())
                .row(
                        "server CPU",
                        "%.3f ms each (JVM %.3f, PostgreSQL %.3f)"
                                .formatted(
                                        phase.cost().total(),
                                        phase.cost().jvm(),
                                        phase.cost().postgres()))
                .row("devices' CPU", "%.3f ms each".formatted(phase.cost().client()))
                .row(
                        "resident memory",
                        "JVM %.0f MiB, at most %.0f MiB"
                                .formatted(Table.mebibytes(phase.resident()), Table.mebibytes(phase.residentAtMost())))
                .row("database", "%,.0f bytes/device".formatted(phase.bytesPerDevice()))
                .failures(phase.summary());
    }
}
