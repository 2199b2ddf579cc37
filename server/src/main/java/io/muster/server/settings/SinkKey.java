package io.muster.server.settings;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What can be set of a sink, each under `sinks.NAME.`.
public enum SinkKey {
    KIND("kind", "", "file, kafka, webhook, mqtt or hono", Set.of("file", "kafka", "webhook", "mqtt", "hono")),
    PATH(
            "path",
            "",
            "file: the folder of the files, one of its own on each node; empty for DIR/sinks/NAME",
            Set.of("file")),
    MAX_BYTES("max-bytes", "67108864", "file: the size in bytes after which a file is full", Set.of("file")),
    BOOTSTRAP_SERVERS("bootstrap-servers", "", "kafka: host:port, more of them after commas", Set.of("kafka")),
    EVENTS_TOPIC("events-topic", "muster.events", "kafka: the topic of all events", Set.of("kafka")),
    DEVICES_TOPIC(
            "devices-topic",
            "muster.devices",
            "kafka: the compacted topic of the devices as they are",
            Set.of("kafka")),
    TELEMETRY_TOPIC("telemetry-topic", "muster.telemetry", "kafka: the topic of messages of devices", Set.of("kafka")),
    PROPERTIES(
            "properties",
            "",
            "kafka: a file with more settings of Kafka's client, such as security.protocol; secrets belong there",
            Set.of("kafka")),
    URL(
            "url",
            "",
            "webhook: where events are posted, https://…; mqtt: the broker, mqtts://host:port; hono: the registry's API,"
                    + " https://…/v1",
            Set.of("webhook", "mqtt", "hono")),
    SECRET_FILE(
            "secret-file",
            "",
            "webhook: the file of the signing secrets, whsec_…, one a line, the newest first; for Muster's account alone",
            Set.of("webhook")),
    TRUST_FILE(
            "trust-file",
            "",
            "webhook, mqtt, hono: PEM certificates that the other side's certificate must lead to; empty for those that Java"
                    + " trusts",
            Set.of("webhook", "mqtt", "hono")),
    ALLOW_PRIVATE(
            "allow-private",
            "false",
            "webhook, hono: true for a server at an address that is not public; on loopback, http:// is allowed then, too",
            Set.of("webhook", "hono")),
    TIMEOUT(
            "timeout",
            "10s",
            "webhook, hono: how long to wait for a connection, and for an answer, 1s to 120s",
            Set.of("webhook", "hono")),
    PARALLEL(
            "parallel",
            "8",
            "webhook, hono: devices whose events are under way at once, 1 to 64",
            Set.of("webhook", "hono")),
    USER("user", "", "mqtt, hono: the user name, with password-file; empty for none", Set.of("mqtt", "hono")),
    PASSWORD_FILE(
            "password-file",
            "",
            "mqtt, hono: the file of the password, for Muster's account alone",
            Set.of("mqtt", "hono")),
    TOKEN_FILE(
            "token-file",
            "",
            "hono: the file of a bearer token, for Muster's account alone, in place of user and password-file",
            Set.of("hono")),
    TENANTS(
            "tenants",
            "",
            "hono: the tenants whose devices the registry holds, with commas; empty for all",
            Set.of("hono")),
    CLIENT_ID("client-id", "", "mqtt: the same on every node; empty for muster-NAME", Set.of("mqtt")),
    TOPIC(
            "topic",
            "muster/{tenant}/events/{subject}/{type}",
            "mqtt: the topic of an event, with the places {tenant}, {subject} and {type}",
            Set.of("mqtt")),
    RETAINED_TOPIC(
            "retained-topic",
            "",
            "mqtt: the topic of a device as it is, such as muster/{tenant}/devices/{subject}; empty for none",
            Set.of("mqtt"));

    private final String word;
    private final String standard;
    private final String words;

    /// Unmodifiable, which its type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> kinds;

    SinkKey(String word, String standard, String words, Set<String> kinds) {
        this.word = word;
        this.standard = standard;
        this.words = words;
        this.kinds = kinds;
    }

    /// As it stands in a file, with the place of the name.
    public String path() {
        return "sinks.NAME." + word;
    }

    /// The value where none is set.
    public String standard() {
        return standard;
    }

    /// What it sets, for people.
    public String words() {
        return words;
    }

    String word() {
        return word;
    }

    boolean isOf(String kind) {
        return kinds.contains(kind);
    }

    static SinkKey named(String path, String word) {
        return Arrays.stream(values())
                .filter(key -> key.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new SettingsException("There is no setting \"" + path + "\". A sink has "
                        + Arrays.stream(values()).map(SinkKey::word).collect(Collectors.joining(", ")) + "."));
    }
}
