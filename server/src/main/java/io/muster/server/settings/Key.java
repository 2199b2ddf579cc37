package io.muster.server.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/// The keys that can be set, in a file or by `--set`.
public enum Key {
    LISTENERS_HOST("listeners.host", "127.0.0.1", "the address on which devices knock; 0.0.0.0 for every address"),
    LISTENERS_NAMES(
            "listeners.names", "localhost, 127.0.0.1", "the names and addresses under which devices reach this server"),
    LISTENERS_TENANT_DOMAIN(
            "listeners.tenant-domain",
            "",
            "a domain under which each tenant has an endpoint name of its own, TENANT.DOMAIN; empty for none"),
    LISTENERS_HTTPS_PORT("listeners.https.port", "8443", "the port of the HTTPS listener; 0 for any free one"),
    LISTENERS_MQTT_PORT(
            "listeners.mqtt.port",
            "8883",
            "the port of the listener for MQTT alone; the HTTPS listener speaks it, too; 0 for any free one, off for"
                    + " none"),
    LISTENERS_OBJECTS_PORT(
            "listeners.objects.port",
            "8442",
            "the port of the plain HTTP listener that serves CRLs and CA certificates and nothing else;"
                    + " 0 for any free one, off for none"),
    LISTENERS_TLS_CERTIFICATE("listeners.tls.certificate", "", "a PEM file with a server certificate of one's own"),
    LISTENERS_TLS_KEY("listeners.tls.key", "", "a PEM file with the key (PKCS#8) to that certificate"),
    DESK_HOST("desk.host", "127.0.0.1", "the address on which operators knock"),
    DESK_PORT("desk.port", "9443", "the port of the admin API; 0 for any free one"),
    DATABASE_URL("database.url", "", "an external PostgreSQL 15 or later; empty for the bundled one"),
    KEYRING_DIR("keyring.dir", "", "the folder of the keys; empty for DIR/keyring"),
    PKI_BASE_URL(
            "pki.base-url",
            "",
            "where CRLs and CA certificates of this installation can be fetched, as every certificate says;"
                    + " empty for http, the first of listeners.names and the port of listeners.objects"),
    PKI_SUBJECT(
            "pki.subject", "O={tenant}", "the subject of a tenant's certificate authorities, to which a CN is added"),
    PKI_ROOT_LIFE("pki.root-life", "7300d", "the life of a tenant's root authority"),
    PKI_ISSUING_LIFE("pki.issuing-life", "1825d", "the life of a tenant's issuing authority"),
    PKI_CRL_LIFE("pki.crl-life", "24h", "the life of a CRL; a new one is made after half of it"),
    PKI_CRL_SHARDS("pki.crl-shards", "16", "into how many parts an issuer's CRL is divided, 1 to 1024"),
    IDENTITY_CONTEST_WINDOW(
            "identity.contest-window",
            "10m",
            "a device that comes from two networks within this time is in two places, which is an event;"
                    + " one event of a device in this time, at most 24h"),
    HUB_QUARANTINED(
            "hub.quarantined",
            "hear",
            "what becomes of a device in quarantine that connects: hear, it may report and is told nothing, or refuse"),
    HOOKS_ALLOW(
            "hooks.allow",
            "",
            "what the URLs of hooks must begin with, such as https://hooks.example.com/muster; empty: none is called"),
    HOOKS_ALLOW_PRIVATE(
            "hooks.allow-private", "false", "whether hooks may be at addresses that are not public, true or false"),
    HOOKS_CA("hooks.ca", "", "a PEM file with the anchors of hooks; empty for those of the Java platform"),
    HOOKS_SECRET(
            "hooks.secret",
            "",
            "a file with the secret that signs calls of hooks, the same on every node; empty for DIR/hooks.secret"),
    LOG_FORMAT("log.format", "text", "how the log is written: text, a line for people, or json, an object a line"),
    LOG_LEVEL("log.level", "info", "what is logged: error, warn, info or debug"),
    TELEMETRY_FILE(
            "telemetry.file",
            "",
            "the folder in which messages of connected devices are kept that no route takes, an event a line;"
                    + " empty for DIR/telemetry"),
    TELEMETRY_QUARANTINE(
            "telemetry.quarantine",
            "",
            "the sink for messages of devices that are not enabled, and those that a route cannot judge;"
                    + " empty for the file quarantine.ndjson beside the others"),
    TELEMETRY_OTLP_ENDPOINT(
            "telemetry.otlp.endpoint",
            "",
            "where traces go by OTLP (HTTP, protobuf), such as http://127.0.0.1:4318/v1/traces; empty for nowhere"),
    TELEMETRY_OTLP_PERCENT("telemetry.otlp.percent", "100", "of how many tries in a hundred a trace is made, 1 to 100");

    private final String path;
    private final String standard;
    private final String words;

    Key(String path, String standard, String words) {
        this.path = path;
        this.standard = standard;
        this.words = words;
    }

    public String path() {
        return path;
    }

    /// The value where none is set.
    public String standard() {
        return standard;
    }

    /// What it sets, for people.
    public String words() {
        return words;
    }

    /// The key of that path, or a refusal that names the nearest one: a typing error must not be a policy.
    static Key named(String path) {
        return find(path)
                .orElseThrow(() -> new SettingsException("There is no setting \"" + path + "\". Did you mean \""
                        + nearest(path).path + "\"? ./muster up --help lists all settings."));
    }

    private static Optional<Key> find(String path) {
        return Arrays.stream(values()).filter(key -> key.path.equals(path)).findFirst();
    }

    private static Key nearest(String path) {
        return Arrays.stream(values())
                .min(Comparator.comparingInt(key -> distance(key.path, path)))
                .orElseThrow();
    }

    /// Levenshtein's distance: how many characters must be added, dropped or replaced.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
