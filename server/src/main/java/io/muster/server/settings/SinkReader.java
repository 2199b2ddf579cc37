package io.muster.server.settings;

import io.muster.core.device.Name;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the sinks: each has a name of the operator's own, and a kind that says what else it has.
final class SinkReader {

    /// How the path of each of their settings begins.
    static final String PREFIX = "sinks.";

    private static final long SMALLEST_FILE = 4096;

    private SinkReader() {}

    /// @param values by their whole path
    static List<SinkSettings> read(Path data, Map<String, String> values) {
        Map<String, Map<SinkKey, String>> sinks = new TreeMap<>();
        values.forEach((path, value) -> {
            String rest = path.substring(PREFIX.length());
            int dot = rest.indexOf('.');
            if (dot < 1) {
                throw new SettingsException("\"" + path + "\" names no setting of a sink. It looks like "
                        + SinkKey.KIND.path() + ", with a name of your own.");
            }
            sinks.computeIfAbsent(rest.substring(0, dot), name -> new EnumMap<>(SinkKey.class))
                    .put(SinkKey.named(path, rest.substring(dot + 1)), value.strip());
        });
        return sinks.entrySet().stream()
                .map(sink -> sink(data, sink.getKey(), sink.getValue()))
                .toList();
    }

    private static SinkSettings sink(Path data, String text, Map<SinkKey, String> values) {
        Name name = Name.parse(text)
                .orElseThrow(() -> new SettingsException(
                        "\"" + text + "\" is no name for a sink: " + Name.RULE + ". Choose another."));
        String kind = values.getOrDefault(SinkKey.KIND, "");
        for (SinkKey key : values.keySet()) {
            if (SinkKey.KIND.isOf(kind) && !key.isOf(kind)) {
                throw new SettingsException(
                        path(name, key) + " is set, and a sink of kind " + kind + " has none. Leave it out.");
            }
        }
        return switch (kind) {
            case "file" -> file(data, name, values);
            case "kafka" -> kafka(name, values);
            case "webhook" -> RemoteSinkReader.webhook(name, values);
            case "mqtt" -> RemoteSinkReader.mqtt(name, values);
            case "hono" -> RemoteSinkReader.hono(name, values);
            default ->
                throw new SettingsException(
                        path(name, SinkKey.KIND) + " is \"" + kind + "\"; it is " + SinkKey.KIND.words() + ".");
        };
    }

    private static SinkSettings file(Path data, Name name, Map<SinkKey, String> values) {
        Path folder = text(values, SinkKey.PATH)
                .map(Path::of)
                .orElse(data.resolve("sinks").resolve(name.value()));
        return new SinkSettings.File(name, folder.toAbsolutePath().normalize(), size(name, values));
    }

    private static long size(Name name, Map<SinkKey, String> values) {
        String text = required(name, values, SinkKey.MAX_BYTES);
        try {
            long size = Long.parseLong(text);
            if (size >= SMALLEST_FILE) {
                return size;
            }
        } catch (NumberFormatException ignored) {
            // said below, as for a number that is too small
        }
        throw new SettingsException(path(name, SinkKey.MAX_BYTES) + " is \"" + text
                + "\"; it is a number of bytes, at least " + SMALLEST_FILE + ".");
    }

    private static SinkSettings kafka(Name name, Map<SinkKey, String> values) {
        return new SinkSettings.Kafka(
                name,
                required(name, values, SinkKey.BOOTSTRAP_SERVERS),
                required(name, values, SinkKey.EVENTS_TOPIC),
                required(name, values, SinkKey.DEVICES_TOPIC),
                required(name, values, SinkKey.TELEMETRY_TOPIC),
                text(values, SinkKey.PROPERTIES)
                        .map(file -> Path.of(file).toAbsolutePath().normalize()));
    }

    static String required(Name name, Map<SinkKey, String> values, SinkKey key) {
        return text(values, key)
                .orElseThrow(() -> new SettingsException(path(name, key) + " is empty: " + key.words() + "."));
    }

    static Optional<String> text(Map<SinkKey, String> values, SinkKey key) {
        return Optional.of(values.getOrDefault(key, key.standard())).filter(value -> !value.isEmpty());
    }

    static String path(Name name, SinkKey key) {
        return PREFIX + name + "." + key.word();
    }
}
