package io.muster.fleet.bench;

import io.muster.fleet.device.Maker;
import io.muster.fleet.floor.Duty;
import io.muster.fleet.floor.Intermediates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "floor",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the least that a server can do for a device with a certificate.",
            "TCP, mutual TLS with the chain's signatures checked, an empty answer, close.",
            "With --csr, what EST demands besides: the request's signature verified, a certificate signed."
        },
        footer = {
            "",
            "Examples:",
            "  muster bench floor --devices 10000 --json floor.json",
            "  muster bench floor --csr --intermediate cached"
        })
final class FloorCommand implements Callable<Integer> {

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(
            names = "--intermediate",
            paramLabel = "MODE",
            description = "What to do about the makers' intermediate CA: ${COMPLETION-CANDIDATES}; both if absent.")
    private Optional<Intermediates> intermediate = Optional.empty();

    @Option(names = "--csr", description = "Devices ask for a certificate, and get one.")
    private boolean csr;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Load load = options.load();
        Progress progress = new Progress(spec.commandLine().getErr());
        progress.say("Making " + (load.devices() + load.warmupDevices()) + " devices ...");
        Cores cores = Cores.plan();
        Maker maker = Maker.found("Floor devices");
        FloorGuests guests = FloorGuests.make(csr ? Duty.CERTIFICATE : Duty.EMPTY_ANSWER, maker, load);
        cores.moveDevices();
        FloorBench bench = new FloorBench(cores, load);
        List<FloorReport> reports = new ArrayList<>();
        for (Intermediates mode : modes()) {
            progress.say("Measuring the floor, intermediate CA " + mode + ", after "
                    + load.warmup().toSeconds() + " s of warm-up ...");
            reports.add(bench.run(maker, guests, mode));
        }
        Machine machine = Machine.here(cores);
        spec.commandLine().getOut().print(FloorTable.render(machine, reports));
        spec.commandLine().getOut().flush();
        if (options.json().isPresent()) {
            JsonReport.write(options.json().get(), new FloorFigures(machine, reports));
        }
        return reports.stream().allMatch(report -> report.summary().enrolled() == load.devices()) ? 0 : 1;
    }

    private List<Intermediates> modes() {
        return intermediate.map(List::of).orElse(List.of(Intermediates.values()));
    }
}
