package io.muster.server;

import io.muster.server.house.House;
import io.muster.server.house.Stop;
import io.muster.server.logging.Logs;
import io.muster.server.settings.Key;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsReader;
import io.muster.server.settings.SinkKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Serves in the foreground until Ctrl-C.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Serves in the foreground until Ctrl-C or TERM. PostgreSQL comes with it unless database.url names another.",
            "The first start makes DIR/admin.token, DIR/keyring and DIR/trust/server-ca.pem."
        },
        footer = {
            "",
            "Settings (in a YAML file, nested or with dots, or with --set):",
            "  listeners.host, listeners.names, listeners.https.port, listeners.mqtt.port, listeners.objects.port,",
            "  listeners.tls.certificate, listeners.tls.key, desk.host, desk.port, database.url, keyring.dir,",
            "  pki.base-url, pki.subject, pki.root-life, pki.issuing-life, pki.crl-life, pki.crl-shards,",
            "  identity.contest-window, log.format, log.level, telemetry.otlp.endpoint, telemetry.otlp.percent,",
            "  sinks.NAME.kind and more of each sink, routes.NAME.when, routes.NAME.to, telemetry.quarantine",
            "  ./muster up --settings lists them with their standard values.",
            "",
            "Examples:",
            "  ./muster up --data ./data",
            "  ./muster up --data ./data --set listeners.host=0.0.0.0 --set listeners.names=dps.example.com",
            "  ./muster up --data ./data --config muster.yaml"
        })
public final class UpCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Data directory (standard: ./data).")
    private Path data = Path.of("data");

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML.")
    private @Nullable Path config;

    @Option(names = "--set", paramLabel = "key=value", description = "A setting; wins over the file. May be repeated.")
    private List<String> words = List.of();

    @Option(names = "--settings", description = "Lists all settings and ends.")
    private boolean list;

    @Override
    public Integer call() {
        PrintWriter out = spec().commandLine().getOut();
        if (list) {
            out.println(settingsInWords());
            return 0;
        }
        Settings settings = new SettingsReader().read(data, Optional.ofNullable(config), words);
        Logs.write(settings.telling().log(), settings.telling().level());
        Stop stop = Stop.listen();
        try (House house = House.open(settings, Clock.tickMillis(ZoneOffset.UTC))) {
            out.println(greeting(house));
            out.flush();
            stop.await();
        } finally {
            stop.closed();
        }
        return 0;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the command's model before it calls");
        }
        return spec;
    }

    private static String greeting(House house) {
        return """
                Muster %s serves.
                  devices   %s
                  desk      %s   (token: %s)
                  trust     %s
                  keys      %s
                  database  %s
                Stop with Ctrl-C.""".formatted(
                        House.VERSION,
                        house.devicesUrl(),
                        house.deskUrl(),
                        house.data().adminTokenFile(),
                        house.data().serverAnchor(),
                        house.settings().keyring(),
                        house.databasePlace().orElse("external (database.url)"));
    }

    private static String settingsInWords() {
        return Stream.of(
                        Arrays.stream(Key.values()).map(key -> inWords(key.path(), key.words(), key.standard())),
                        Arrays.stream(SinkKey.values()).map(key -> inWords(key.path(), key.words(), key.standard())),
                        Stream.of(
                                inWords("routes.NAME.when", "what must be true of a message, in CEL", ""),
                                inWords("routes.NAME.to", "names of sinks; standard is Muster's own file", "")))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String inWords(String path, String words, String standard) {
        return "  %-26s %s%s".formatted(path, words, standard.isEmpty() ? "" : " (standard: " + standard + ")");
    }
}
