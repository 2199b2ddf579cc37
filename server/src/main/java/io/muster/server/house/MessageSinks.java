package io.muster.server.house;

import io.muster.core.device.Name;
import io.muster.core.telemetry.Router;
import io.muster.core.telemetry.TelemetrySink;
import io.muster.outlets.file.TelemetryFile;
import io.muster.outlets.kafka.TelemetryTopic;
import io.muster.server.settings.Key;
import io.muster.server.settings.Settings;
import io.muster.server.settings.SettingsException;
import io.muster.server.settings.SinkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// The sinks to which messages go, each opened when the first route names it.
final class MessageSinks implements AutoCloseable {

    /// Bytes after which a file that comes with Muster is full.
    private static final long LARGEST_FILE = 64L * 1024 * 1024;

    private final Settings settings;
    private final InstantSource clock;
    private final Closing opened = new Closing();
    private final Map<Name, TelemetrySink> byName = new HashMap<>();

    MessageSinks(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// The file that comes with Muster, or one that is set; which names there are was checked with the settings.
    TelemetrySink named(Name name) {
        return byName.computeIfAbsent(
                name,
                it -> it.equals(Router.STANDARD)
                        ? folder(it, settings.messages().folder(), TelemetryFile.MESSAGES)
                        : set(settings.sinks().stream()
                                .filter(SinkSettings.Keeper.class::isInstance)
                                .map(SinkSettings.Keeper.class::cast)
                                .filter(sink -> sink.name().equals(it))
                                .findFirst()
                                .orElseThrow()));
    }

    private TelemetrySink set(SinkSettings.Keeper sink) {
        return switch (sink) {
            case SinkSettings.File file ->
                file(
                        file.name(),
                        file.folder(),
                        TelemetryFile.MESSAGES,
                        file.largest(),
                        "sinks." + file.name() + ".path");
            case SinkSettings.Kafka kafka ->
                opened.add(TelemetryTopic.of(kafka.name(), kafka.telemetryTopic(), SinkRoom.client(kafka)));
        };
    }

    /// A file in the folder that comes with Muster.
    TelemetrySink folder(Name name, Path folder, String file) {
        return file(name, folder, file, LARGEST_FILE, Key.TELEMETRY_FILE.path());
    }

    private TelemetrySink file(Name name, Path folder, String file, long largest, String setting) {
        try {
            return opened.add(TelemetryFile.open(name, folder, file, largest, clock));
        } catch (IOException e) {
            throw new SettingsException("The messages of devices cannot be kept in " + folder + " (" + e.getMessage()
                    + "). Set " + setting + " to another folder.");
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
