package io.muster.fleet.bench;

import io.muster.fleet.floor.Duty;
import java.util.List;

/// The floor in words and figures.
final class FloorTable {

    private FloorTable() {}

    static String render(Machine machine, List<FloorReport> reports) {
        Table table = new Table().machine(machine);
        for (FloorReport report : reports) {
            table.title("Floor: " + what(report.duty()) + ", intermediate CA "
                            + switch (report.intermediates()) {
                                case CACHED -> "checked once";
                                case CHECKED -> "checked every time";
                            })
                    .row("connections", "%,d".formatted(report.summary().devices()))
                    .row(
                            "server CPU",
                            "%.3f ms/connection".formatted(report.cost().total()))
                    .row(
                            "devices' CPU",
                            "%.3f ms/connection".formatted(report.cost().client()))
                    .row(
                            "throughput",
                            "%,.0f connections/s".formatted(report.summary().perSecond()))
                    .busy(report.summary(), report.cost(), machine.cores())
                    .latency(report.summary())
                    .row("resident memory", "%.0f MiB".formatted(Table.mebibytes(report.resident())))
                    .failures(report.summary());
        }
        return table.toString();
    }

    /// What the floor does, in words.
    static String what(Duty duty) {
        return switch (duty) {
            case EMPTY_ANSWER -> "TCP + mutual TLS + empty answer + close";
            case CERTIFICATE -> "TCP + mutual TLS + CSR verified + certificate signed + answer + close";
        };
    }
}
