package io.muster.server.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.muster.server.settings.Settings.Brought;
import io.muster.server.settings.Settings.DeskAddress;
import io.muster.server.settings.Settings.Listeners;
import io.muster.server.settings.Settings.LogFormat;
import io.muster.server.settings.Settings.LogLevel;
import io.muster.server.settings.Settings.Pki;
import io.muster.server.settings.Settings.Telling;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads settings from a YAML file and from `key=value` words; the words win.
public final class SettingsReader {

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([dhms])");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,62}(\\.[a-z0-9_][a-z0-9_-]{0,62})*");
    private static final long LARGEST_FILE = 256 * 1024;
    private static final Duration LONGEST_CONTEST_WINDOW = Duration.ofHours(24);

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// Reads and checks everything.
    ///
    /// @param file a YAML file, nested or with dotted keys
    /// @param words settings of the command line, each `key=value`
    /// @throws SettingsException when one cannot be used
    public Settings read(Path data, Optional<Path> file, List<String> words) {
        Values values = new Values();
        file.ifPresent(path -> flatten("", tree(path), values));
        words.forEach(word -> put(word, values));
        Path folder = data.toAbsolutePath().normalize();
        List<SinkSettings> sinks = SinkReader.read(folder, values.sinks());
        return settings(folder, values.keys(), sinks, messages(folder, values, sinks));
    }

    private JsonNode tree(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new SettingsException(
                        file + " is larger than " + LARGEST_FILE + " bytes: it is no settings file.");
            }
            return yaml.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new SettingsException(file + " is not valid YAML: " + e.getOriginalMessage() + " in line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()) + ". Correct it and start again.");
        } catch (IOException e) {
            throw new SettingsException(file + " cannot be read (" + e.getMessage() + "). Check --config.");
        }
    }

    private static void flatten(String path, JsonNode node, Values values) {
        switch (node.getNodeType()) {
            case OBJECT ->
                node.properties()
                        .forEach(entry -> flatten(
                                path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                                entry.getValue(),
                                values));
            case ARRAY -> {
                StringJoiner list = new StringJoiner(",");
                node.forEach(element -> list.add(element.asText()));
                values.put(path, list.toString());
            }
            case STRING, NUMBER, BOOLEAN -> values.put(path, node.asText());
            case NULL, MISSING -> {
                if (!path.isEmpty()) {
                    values.put(path, "");
                }
            }
            case BINARY, POJO -> throw new SettingsException("The value of \"" + path + "\" is not text.");
        }
    }

    private static void put(String word, Values values) {
        int equals = word.indexOf('=');
        if (equals < 1) {
            throw new SettingsException("\"--set " + word + "\" is not of the form key=value.");
        }
        values.put(word.substring(0, equals), word.substring(equals + 1));
    }

    private static Settings.Messages messages(Path data, Values values, List<SinkSettings> sinks) {
        RouteReader routes = new RouteReader(sinks, text(values.keys(), Key.TELEMETRY_QUARANTINE));
        return new Settings.Messages(
                folder(values.keys(), Key.TELEMETRY_FILE).orElse(data.resolve("telemetry")),
                routes.quarantine(),
                routes.read(values.routes()));
    }

    private static Settings settings(
            Path data, Map<Key, String> values, List<SinkSettings> sinks, Settings.Messages messages) {
        Path keyring = folder(values, Key.KEYRING_DIR).orElse(data.resolve("keyring"));
        return new Settings(
                data,
                new Listeners(
                        required(values, Key.LISTENERS_HOST),
                        names(values),
                        tenantDomain(values),
                        port(values, Key.LISTENERS_HTTPS_PORT),
                        portOrOff(values, Key.LISTENERS_MQTT_PORT),
                        portOrOff(values, Key.LISTENERS_OBJECTS_PORT),
                        brought(values)),
                new DeskAddress(required(values, Key.DESK_HOST), port(values, Key.DESK_PORT)),
                text(values, Key.DATABASE_URL),
                keyring,
                messages,
                pki(values),
                contestWindow(values),
                hub(values),
                telling(values),
                sinks,
                hooks(data, values));
    }

    private static HookSettings hooks(Path data, Map<Key, String> values) {
        return new HookSettings(
                HookSettings.urls(text(values, Key.HOOKS_ALLOW)),
                HookSettings.flag(required(values, Key.HOOKS_ALLOW_PRIVATE)),
                folder(values, Key.HOOKS_CA),
                folder(values, Key.HOOKS_SECRET).orElse(data.resolve("hooks.secret")));
    }

    /// Tries are kept for days: what is longer than one would not be noticed everywhere.
    private static Duration contestWindow(Map<Key, String> values) {
        Duration window = duration(values, Key.IDENTITY_CONTEST_WINDOW);
        if (window.compareTo(LONGEST_CONTEST_WINDOW) > 0) {
            throw new SettingsException("identity.contest-window is longer than 24h.");
        }
        return window;
    }

    private static Settings.Hub hub(Map<Key, String> values) {
        String text = required(values, Key.HUB_QUARANTINED);
        return switch (text) {
            case "hear" -> new Settings.Hub(true);
            case "refuse" -> new Settings.Hub(false);
            default -> throw new SettingsException("hub.quarantined is \"" + text + "\"; it is hear or refuse.");
        };
    }

    private static Telling telling(Map<Key, String> values) {
        return new Telling(
                logFormat(required(values, Key.LOG_FORMAT)),
                logLevel(required(values, Key.LOG_LEVEL)),
                text(values, Key.TELEMETRY_OTLP_ENDPOINT).map(SettingsReader::otlp),
                number(values, Key.TELEMETRY_OTLP_PERCENT, 1, 100));
    }

    private static LogFormat logFormat(String text) {
        return switch (text) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw new SettingsException("log.format is \"" + text + "\"; it is text or json.");
        };
    }

    private static LogLevel logLevel(String text) {
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new SettingsException("log.level is \"" + text + "\"; it is error, warn, info or debug."));
    }

    private static URI otlp(String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException ignored) {
            // said below
        }
        throw new SettingsException("telemetry.otlp.endpoint is \"" + text
                + "\"; it looks like http://127.0.0.1:4318/v1/traces, with the path that takes traces.");
    }

    private static Pki pki(Map<Key, String> values) {
        Pki pki = new Pki(
                text(values, Key.PKI_BASE_URL).map(SettingsReader::baseUrl),
                required(values, Key.PKI_SUBJECT),
                duration(values, Key.PKI_ROOT_LIFE),
                duration(values, Key.PKI_ISSUING_LIFE),
                duration(values, Key.PKI_CRL_LIFE),
                number(values, Key.PKI_CRL_SHARDS, 1, 1024));
        if (pki.issuingLife().compareTo(pki.rootLife()) > 0) {
            throw new SettingsException("pki.issuing-life is longer than pki.root-life: nothing outlives its issuer.");
        }
        return pki;
    }

    private static OptionalInt portOrOff(Map<Key, String> values, Key key) {
        return required(values, key).equals("off") ? OptionalInt.empty() : OptionalInt.of(port(values, key));
    }

    private static Duration duration(Map<Key, String> values, Key key) {
        String text = required(values, key);
        Matcher form = DURATION.matcher(text);
        if (!form.matches()) {
            throw new SettingsException(key.path() + " is \"" + text
                    + "\"; a length of time is a number above 0 and a unit: 90d, 24h, 30m or 10s.");
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "d" -> Duration.ofDays(count);
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }

    private static int number(Map<Key, String> values, Key key, int least, int most) {
        String text = required(values, key);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // said below, as for a number out of range
        }
        throw new SettingsException(
                key.path() + " is \"" + text + "\"; it is a number from " + least + " to " + most + ".");
    }

    private static Optional<String> text(Map<Key, String> values, Key key) {
        return Optional.of(values.getOrDefault(key, key.standard()).strip()).filter(value -> !value.isEmpty());
    }

    private static Optional<Path> folder(Map<Key, String> values, Key key) {
        return text(values, key).map(folder -> Path.of(folder).toAbsolutePath().normalize());
    }

    private static String required(Map<Key, String> values, Key key) {
        return text(values, key)
                .orElseThrow(() -> new SettingsException(
                        key.path() + " is empty. Leave it out for its standard value, " + key.standard() + "."));
    }

    private static List<String> names(Map<Key, String> values) {
        return Arrays.stream(required(values, Key.LISTENERS_NAMES).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<String> tenantDomain(Map<Key, String> values) {
        Optional<String> domain = text(values, Key.LISTENERS_TENANT_DOMAIN).map(it -> it.toLowerCase(Locale.ROOT));
        domain.filter(it -> !DOMAIN.matcher(it).matches()).ifPresent(it -> {
            throw new SettingsException("listeners.tenant-domain is \"" + it
                    + "\"; it is a DNS name without a wildcard, such as gate.example.com.");
        });
        return domain;
    }

    private static int port(Map<Key, String> values, Key key) {
        return number(values, key, 0, 65_535);
    }

    private static Optional<Brought> brought(Map<Key, String> values) {
        Optional<Path> certificate = text(values, Key.LISTENERS_TLS_CERTIFICATE).map(Path::of);
        Optional<Path> key = text(values, Key.LISTENERS_TLS_KEY).map(Path::of);
        if (certificate.isPresent() != key.isPresent()) {
            throw new SettingsException(
                    "listeners.tls.certificate and listeners.tls.key go together: set both or none.");
        }
        return certificate.flatMap(chain -> key.map(secret -> new Brought(chain, secret)));
    }

    private static URI baseUrl(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && "http".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException ignored) {
            // said below
        }
        throw new SettingsException("pki.base-url is \"" + text + "\"; it looks like http://pki.example.com/muster."
                + " Not https: whoever checks a certificate cannot be asked to check another one for that.");
    }
}
