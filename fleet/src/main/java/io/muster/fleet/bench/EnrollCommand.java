package io.muster.fleet.bench;

import io.muster.fleet.device.Maker;
import io.muster.fleet.floor.Duty;
import io.muster.fleet.floor.Intermediates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "  muster bench enroll --rate 300 --devices 6000",
            "  muster bench enroll --door est --renew --with-floor",
            "  muster bench enroll --door dps-mqtt --kind symmetric",
            "  muster bench enroll --door aws --with-floor"
        })
final class EnrollCommand implements Callable<Integer> {

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(
            names = "--door",
            paramLabel = "DOOR",
            description = "Where devices come: ${COMPLETION-CANDIDATES}; dps if absent. "
                    + "At est each shows its maker's certificate and gets one on the key of its CSR; "
                    + "at aws all show one claim certificate, and each gets a certificate and becomes a thing.")
    private Door door = Door.DPS;

    @Mixin
    private AwsOptions aws = new AwsOptions();

    @Option(
            names = "--renew",
            description = "With --door est: then every enrolled device renews its certificate by the one that it got.")
    private boolean renew;

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
        Plan plan = new Plan(options.load(), new Arrivals(rate), halfRate);
        refuseWhatDoesNotFit();
        Progress progress = new Progress(spec.commandLine().getErr());
        Path command = launcher.path();
        Cores cores = Cores.plan();
        EnrollReport report;
        try (Scratch scratch = Scratch.make("muster-bench-")) {
            report = withServer(command, scratch, plan, cores, progress);
        }
        spec.commandLine().getOut().print(EnrollTable.render(report));
        spec.commandLine().getOut().flush();
        if (options.json().isPresent()) {
            JsonReport.write(options.json().get(), report);
        }
        return report.isClean() ? 0 : 1;
    }

    private EnrollReport withServer(Path command, Scratch scratch, Plan plan, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        Path directory = data.orElse(scratch.folder().resolve("data"));
        Files.createDirectories(directory.toAbsolutePath().getParent());
        Maker maker = Maker.found("Bench devices");
        progress.say("Starting the server ...");
        EnrollReport report;
        Path log = scratch.folder().resolve("server.log");
        try (Server server = Server.start(command, directory, log, cores, Ports.free(door))) {
            report = measure(server, maker, plan, cores, progress);
        }
        return withFloor ? report.with(floor(maker, plan.load(), cores, progress)) : report;
    }

    private EnrollReport measure(Server server, Maker maker, Plan plan, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        String tenant = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        server.admin().createTenant(tenant);
        Gauge gauge = new Gauge(server, plan, cores, progress);
        List<Phase> phases =
                switch (door) {
                    case DPS, DPS_MQTT -> new DpsBench(server, gauge, door.speaksMqtt(), kind).run(tenant, maker);
                    case EST -> new EstBench(server, gauge, renew).run(tenant, maker);
                    case AWS -> new AwsBench(server, gauge, aws).run(tenant, maker);
                };
        return new EnrollReport(
                Machine.here(cores),
                door,
                kind,
                plan.load().warmup().toSeconds(),
                server.readySeconds(),
                server.fresh(),
                phases,
                null,
                null,
                null);
    }

    private FloorReport floor(Maker maker, Load load, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        progress.say("Measuring the floor, after " + load.warmup().toSeconds() + " s of warm-up ...");
        Duty duty =
                switch (door) {
                    case DPS, DPS_MQTT -> Duty.EMPTY_ANSWER;
                    case EST, AWS -> Duty.CERTIFICATE;
                };
        return new FloorBench(cores, load).run(maker, FloorGuests.make(duty, maker, load), Intermediates.CACHED);
    }

    private void refuseWhatDoesNotFit() {
        boolean takesKeys = door == Door.DPS || door == Door.DPS_MQTT;
        if (kind == Kind.symmetric && !takesKeys) {
            throw new IllegalArgumentException("Devices with symmetric keys have nothing to show at the "
                    + door.toString().toUpperCase(Locale.ROOT)
                    + " door; leave --kind out or take --door dps or dps-mqtt.");
        }
        if (renew && door != Door.EST) {
            throw new IllegalArgumentException("Certificates are renewed at the EST door; add --door est.");
        }
        if (aws.isGiven() && door != Door.AWS) {
            throw new IllegalArgumentException("--server-keys and --telemetry are for the AWS door; add --door aws.");
        }
    }
}
