package io.muster.fleet.bench;

import io.muster.fleet.channel.Address;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.run.TelemetryRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "telemetry",
        mixinStandardHelpOptions = true,
        description = {
            "Measure what messages of connected devices cost: a server on one core, a fleet on the others.",
            "Each device reports at QoS 1 over MQTT with TLS, one message after the other; a route in CEL judges each.",
            "Messages a second, latency until PUBACK, server CPU per message."
        },
        footer = {
            "",
            "Examples:",
            "  muster bench telemetry",
            "  muster bench telemetry --connections 2000 --rate 20000 --seconds 60 --json telemetry.json",
            "  muster bench telemetry --kafka 127.0.0.1:9092"
        })
final class TelemetryCommand implements Callable<Integer> {

    @Mixin
    private TelemetryOptions options = new TelemetryOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Launcher launcher;

    TelemetryCommand(Launcher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.refuseWhatDoesNotFit();
        Progress progress = new Progress(spec.commandLine().getErr());
        Path command = launcher.path();
        Cores cores = Cores.plan();
        TelemetryReport report;
        try (Scratch scratch = Scratch.make("muster-bench-")) {
            progress.say("Starting the server ...");
            Path data = scratch.folder().resolve("data");
            Path log = scratch.folder().resolve("server.log");
            try (Server server = Server.start(command, data, log, cores, Ports.free(Door.AWS), settings())) {
                report = measure(server, cores, progress);
            }
        }
        spec.commandLine().getOut().print(TelemetryTable.render(report));
        spec.commandLine().getOut().flush();
        if (options.json().isPresent()) {
            JsonReport.write(options.json().get(), report);
        }
        return report.isClean() ? 0 : 1;
    }

    /// Every message is judged by what is in it, and the route takes all.
    private List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "routes.bench.when=topic.startsWith('t/') && has(payload.temperature) && payload.temperature > 20.0",
                "routes.bench.to=" + (options.kafka().isPresent() ? "bus" : "standard")));
        options.kafka().ifPresent(servers -> {
            settings.add("sinks.bus.kind=kafka");
            settings.add("sinks.bus.bootstrap-servers=" + servers);
        });
        return settings;
    }

    private TelemetryReport measure(Server server, Cores cores, Progress progress)
            throws IOException, InterruptedException {
        Maker maker = Maker.found("Bench devices");
        String tenant = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        server.admin().createTenant(tenant);
        server.admin().createX509Group(tenant, maker.rootPem());
        List<X509Device> devices = IntStream.range(0, options.connections())
                .mapToObj(i -> maker.make("sensor-" + i))
                .toList();
        cores.moveDevices();
        Address address = server.mqttAddress();
        try (TelemetryRun run = new TelemetryRun(address, devices.size(), options.rate())) {
            progress.say("Connecting " + devices.size() + " devices ...");
            int open = run.connect(devices);
            progress.say(open + " are in. Warming up for " + options.warmup().toSeconds() + " s ...");
            run.begin();
            var _ = run.measure(options.warmup());
            progress.say("Measuring for " + options.seconds().toSeconds() + " s ...");
            return measured(server, cores, run, open);
        }
    }

    private TelemetryReport measured(Server server, Cores cores, TelemetryRun run, int open)
            throws IOException, InterruptedException {
        Meter meter = server.meter();
        Meter.Reading before = meter.read();
        Duration time = options.seconds();
        TelemetryRun.Stretch stretch = run.measure(time);
        Cost cost = before.perConnection(meter.read(), Math.max(1, stretch.messages()));
        return new TelemetryReport(
                Machine.here(cores),
                options.connections(),
                open,
                options.rate()
                        .map(rate -> "%,.0f messages due a second".formatted(rate))
                        .orElse("as fast as served"),
                options.kafka().isPresent() ? "Kafka, acks=all" : "file, each batch flushed",
                stretch,
                cost,
                meter.resident());
    }
}
