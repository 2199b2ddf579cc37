package io.muster.server.demo;

import io.muster.server.house.House;
import io.muster.server.house.Stop;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsReader;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Shows the whole of Muster with one command.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts Muster, creates a tenant with three regions and four hubs, enrolls simulated devices over HTTPS,",
            "prints what happened, and serves until Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  ./muster demo",
            "  ./muster demo --tpm",
            "  ./muster demo --kafka",
            "  ./muster demo --devices 20000 --exit --json result.json"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int MOST_DEVICES = 1_000_000;

    @Option(names = "--devices", paramLabel = "N", description = "How many devices arrive (standard: 1000).")
    private int devices = 1_000;

    @Option(
            names = "--tpm",
            description = "Lets boards with a TPM come, too; their chips are played by swtpm, which must be installed.")
    private boolean tpm;

    @Option(
            names = "--kafka",
            description = {
                "Starts a Kafka broker in this process, tells it events and messages, and counts what stands in its topics."
            })
    private boolean kafka;

    @Option(names = "--exit", description = "End after the summary.")
    private boolean exit;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (standard: ./demo-data).")
    private Path data = Path.of("demo-data");

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures as JSON, too.")
    private @Nullable Path json;

    @Option(names = "--set", paramLabel = "key=value", description = "A setting, as for ./muster up.")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (devices < 1 || devices > MOST_DEVICES) {
            System.err.println("muster: --devices is a number from 1 to 1,000,000.");
            return 2;
        }
        Optional<Path> home =
                Optional.ofNullable(System.getenv("MUSTER_HOME")).map(Path::of).filter(ignored -> tpm);
        Optional<String> missing = tpm ? Boards.missing() : Optional.empty();
        if (missing.isPresent()) {
            System.err.println("muster: " + missing.get());
            return 2;
        }
        if (!kafka) {
            return show(home, Optional.empty());
        }
        System.err.println("Starting Kafka ...");
        try (DemoKafka broker = DemoKafka.start()) {
            return show(home, Optional.of(broker));
        }
    }

    private int show(Optional<Path> home, Optional<DemoKafka> broker) throws IOException, InterruptedException {
        List<String> all = Stream.concat(broker.map(DemoKafka::settings).orElse(List.of()).stream(), words.stream())
                .toList();
        Settings settings = new SettingsReader().read(data, Optional.empty(), all);
        Stop stop = Stop.listen();
        System.err.println("Starting Muster with its own PostgreSQL in " + settings.data() + " ...");
        try (House house = House.open(settings, Clock.tickMillis(ZoneOffset.UTC))) {
            DemoResult result = new Demo(house, System.err, onTerminal(), home, broker).run(devices);
            System.out.println(result.inWords());
            if (json != null) {
                Files.writeString(json, result.inJson() + "\n");
            }
            if (!exit) {
                System.out.println("Serving until Ctrl-C.");
                stop.await();
            }
            return result.clean() ? 0 : 1;
        } finally {
            stop.closed();
        }
    }

    private static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
