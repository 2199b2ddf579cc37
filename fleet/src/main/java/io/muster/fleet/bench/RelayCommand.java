package io.muster.fleet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how fast events reach a sink: a server on one core, devices and Kafka on the others.",
            "Devices enroll; then everything is told again, as fast as the sink takes it, several times over; then",
            "devices enroll at a fixed rate, and each event is timed until a consumer of Kafka sees it."
        },
        footer = {
            "",
            "Examples:",
            "  muster bench relay",
            "  muster bench relay --sink file --devices 100000",
            "  muster bench relay --rate 500 --seconds 60 --json relay.json"
        })
final class RelayCommand implements Callable<Integer> {

    private static final int LONGEST_SECONDS = 3600;

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Option(
            names = "--sink",
            paramLabel = "KIND",
            description =
                    "Who is told: ${COMPLETION-CANDIDATES}; kafka if absent. A file has no consumer that is timed.")
    private SinkKind sink = SinkKind.kafka;

    @Option(names = "--replays", paramLabel = "N", description = "How often everything is told again; 4 if absent.")
    private int replays = 4;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Enrollments a second while events are timed; 500 if absent.")
    private double rate = 500;

    @Option(names = "--seconds", paramLabel = "S", description = "How long events are timed; 30 if absent.")
    private int seconds = 30;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Launcher launcher;

    RelayCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Load load = options.load();
        if (replays < 1 || rate <= 0 || seconds < 1 || seconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException(
                    "--replays is at least 1, --rate above 0, --seconds from 1 to " + LONGEST_SECONDS + ".");
        }
        Progress progress = new Progress(spec.commandLine().getErr());
        Cores cores = Cores.plan();
        RelayReport report;
        try (Scratch scratch = Scratch.make("muster-relay-")) {
            RelayPlan plan = new RelayPlan(load, sink, replays, rate, Duration.ofSeconds(seconds));
            report = switch (sink) {
                case kafka -> withKafka(scratch, plan, cores, progress);
                case file -> withServer(scratch, List.of("sinks.bench.kind=file"), "", plan, cores, progress);
            };
        }
        spec.commandLine().getOut().print(RelayTable.render(report));
        spec.commandLine().getOut().flush();
        if (options.json().isPresent()) {
            JsonReport.write(options.json().get(), report);
        }
        return report.isClean() ? 0 : 1;
    }

    private RelayReport withKafka(Scratch scratch, RelayPlan plan, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        progress.say("Starting Kafka ...");
        try (Bus bus = Bus.start(scratch.folder().resolve("kafka"), cores)) {
            List<String> settings = List.of("sinks.bench.kind=kafka", "sinks.bench.bootstrap-servers=" + bus.servers());
            return withServer(scratch, settings, bus.servers(), plan, cores, progress);
        }
    }

    private RelayReport withServer(
            Scratch scratch, List<String> settings, String kafka, RelayPlan plan, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        progress.say("Starting the server ...");
        Path data = scratch.folder().resolve("data");
        Path log = scratch.folder().resolve("server.log");
        Ports ports = Ports.free(Door.DPS);
        try (Server server = Server.start(launcher.path(), data, log, cores, ports, settings)) {
            return new RelayBench(server, kafka, plan, cores, progress).run();
        }
    }
}
