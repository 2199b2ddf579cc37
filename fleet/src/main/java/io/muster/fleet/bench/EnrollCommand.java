package io.muster.fleet.bench;

import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.floor.Intermediates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "enroll",
        mixinStandardHelpOptions = true,
        description = {
            "Measure what enrollments cost: a server on one core, a fleet on the others.",
            "Throughput, latency, server CPU per enrollment, memory, bytes of database per device."
        },
        footer = {
            "",
            "Examples:",
            "  muster bench enroll --with-floor --half-rate --json enroll.json",
            "  muster bench enroll --kind symmetric --devices 50000",
            "  muster bench enroll --rate 300 --devices 6000"
        })
final class EnrollCommand implements Callable<Integer> {

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "How devices prove themselves: ${COMPLETION-CANDIDATES}; x509 if absent.")
    private Kind kind = Kind.x509;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Devices arriving per second, whatever the server does; as fast as served if absent.")
    private Optional<Double> rate = Optional.empty();

    @Option(
            names = "--half-rate",
            description = "Then a second run of as many new devices, at half of the rate that the first reached.")
    private boolean halfRate;

    @Option(names = "--with-floor", description = "Measure the floor afterwards, and compare.")
    private boolean withFloor;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data directory, which is kept; a temporary one if absent.")
    private Optional<Path> data = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Launcher launcher;

    EnrollCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Load load = options.load();
        Progress progress = new Progress(spec.commandLine().getErr());
        Path command = launcher.path();
        Cores cores = Cores.plan();
        EnrollReport report;
        try (Scratch scratch = Scratch.make("muster-bench-")) {
            report = withServer(command, scratch, load, cores, progress);
        }
        spec.commandLine().getOut().print(EnrollTable.render(report));
        spec.commandLine().getOut().flush();
        if (options.json().isPresent()) {
            JsonReport.write(options.json().get(), report);
        }
        return report.isClean() ? 0 : 1;
    }

    private EnrollReport withServer(Path command, Scratch scratch, Load load, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        Path directory = data.orElse(scratch.folder().resolve("data"));
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Maker maker = Maker.found("Bench devices");
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        progress.say("Starting the server ...");
        EnrollReport report;
        try (Server server = Server.start(command, directory, scratch.folder().resolve("server.log"), cores)) {
            report = measure(server, maker, "bench-" + run, load, cores, progress);
        }
        return withFloor ? report.with(floor(maker, load, cores, progress)) : report;
    }

    private EnrollReport measure(Server server, Maker maker, String tenant, Load load, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        server.admin().createTenant(tenant);
        Function<List<String>, List<Device>> factory = prepare(server.admin(), tenant, maker);
        int half = halfRate ? load.devices() : 0;
        progress.say("Making " + (load.warmupDevices() + load.devices() + half) + " devices ...");
        List<Device> warmup = factory.apply(Fleets.names("warm", load.warmupDevices()));
        List<Device> top = factory.apply(Fleets.names("top", load.devices()));
        List<Device> atHalf = factory.apply(Fleets.names("half", half));
        cores.moveDevices();
        List<Phase> phases = new EnrollBench(server, server.target(tenant), load, progress)
                .run(new Arrivals(rate), warmup, top, atHalf);
        return new EnrollReport(
                Machine.here(cores),
                kind,
                load.warmup().toSeconds(),
                server.readySeconds(),
                server.fresh(),
                phases,
                null,
                null);
    }

    /// Creates the enrollment; what makes its devices.
    private Function<List<String>, List<Device>> prepare(AdminApi admin, String tenant, Maker maker)
            throws IOException, InterruptedException {
        return switch (kind) {
            case x509 -> {
                admin.createX509Group(tenant, maker.rootPem());
                yield names -> List.copyOf(maker.makeAll(names));
            }
            case symmetric -> {
                GroupKey key = GroupKey.fromBase64(admin.createSymmetricGroup(tenant));
                yield names -> names.stream().<Device>map(key::make).toList();
            }
        };
    }

    private static FloorReport floor(Maker maker, Load load, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        progress.say("Measuring the floor, after " + load.warmup().toSeconds() + " s of warm-up ...");
        List<X509Device> warmup = maker.makeAll(Fleets.names("warm", load.warmupDevices()));
        List<X509Device> devices = maker.makeAll(Fleets.names("floor", load.devices()));
        return new FloorBench(cores, load).run(maker, warmup, devices, Intermediates.CACHED);
    }
}
