package io.muster.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Name;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    @TempDir
    private Path folder;

    private final SettingsReader reader = new SettingsReader();

    private Settings words(String... words) {
        return reader.read(folder, Optional.empty(), List.of(words));
    }

    private Settings file(String yaml, String... words) throws IOException {
        Path file = Files.writeString(folder.resolve("muster.yaml"), yaml);
        return reader.read(folder, Optional.of(file), List.of(words));
    }

    @Test
    void without_a_word_everything_has_its_standard_value() {
        Settings settings = words();

        assertThat(settings.listeners().host()).isEqualTo("127.0.0.1");
        assertThat(settings.listeners().names()).containsExactly("localhost", "127.0.0.1");
        assertThat(settings.listeners().httpsPort()).isEqualTo(8443);
        assertThat(settings.listeners().mqttPort()).hasValue(8883);
        assertThat(settings.listeners().brought()).isEmpty();
        assertThat(settings.desk()).isEqualTo(new Settings.DeskAddress("127.0.0.1", 9443));
        assertThat(settings.databaseUrl()).isEmpty();
        assertThat(settings.keyring()).isEqualTo(folder.resolve("keyring"));
        assertThat(settings.pki().baseUrl()).isEmpty();
    }

    @Test
    void endpoint_names_of_tenants_stand_in_the_servers_certificate() {
        assertThat(words().listeners().tenantDomain()).isEmpty();
        Settings.Listeners listeners =
                words("listeners.tenant-domain=Gate.example.com").listeners();

        assertThat(listeners.tenantDomain()).contains("gate.example.com");
        assertThat(listeners.names()).containsExactly("localhost", "127.0.0.1");
        assertThat(listeners.certificateNames()).containsExactly("localhost", "127.0.0.1", "*.gate.example.com");
        assertThatThrownBy(() -> words("listeners.tenant-domain=*.example.com"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("without a wildcard");
    }

    @Test
    void every_key_can_be_set_in_a_file_nested_or_with_dots() throws IOException {
        Settings settings = file("""
                listeners:
                  host: 0.0.0.0
                  names: [dps.example.com, 10.0.0.7]
                  https.port: 443
                  tls:
                    certificate: chain.pem
                    key: key.pem
                desk.host: 127.0.0.2
                desk:
                  port: 9444
                database.url: postgresql://localhost/muster
                keyring.dir: /srv/keyring
                pki.base-url: http://pki.example.com
                """);

        assertThat(settings.listeners().host()).isEqualTo("0.0.0.0");
        assertThat(settings.listeners().names()).containsExactly("dps.example.com", "10.0.0.7");
        assertThat(settings.listeners().httpsPort()).isEqualTo(443);
        assertThat(settings.listeners().brought())
                .contains(new Settings.Brought(Path.of("chain.pem"), Path.of("key.pem")));
        assertThat(settings.desk()).isEqualTo(new Settings.DeskAddress("127.0.0.2", 9444));
        assertThat(settings.databaseUrl()).contains("postgresql://localhost/muster");
        assertThat(settings.keyring()).isEqualTo(Path.of("/srv/keyring"));
        assertThat(settings.pki().baseUrl()).contains(URI.create("http://pki.example.com"));
    }

    @Test
    void mqtt_needs_no_port_of_its_own() {
        assertThat(words("listeners.mqtt.port=off").listeners().mqttPort()).isEmpty();
        assertThat(words("listeners.mqtt.port=1883").listeners().mqttPort()).hasValue(1883);
    }

    @Test
    void a_word_of_the_command_line_wins_over_the_file() throws IOException {
        assertThat(file("desk.port: 1", "desk.port=2").desk().port()).isEqualTo(2);
    }

    @Test
    void an_unknown_key_names_the_nearest_known_one() {
        assertThatThrownBy(() -> words("listener.https.prot=1"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("listener.https.prot")
                .hasMessageContaining("\"listeners.https.port\"");
        assertThatThrownBy(() -> file("databse:\n  url: x"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("\"database.url\"");
    }

    @Test
    void a_key_that_stands_twice_in_a_file_is_refused() {
        assertThatThrownBy(() -> file("desk:\n  port: 1\n  port: 2")).isInstanceOf(SettingsException.class);
    }

    @Test
    void what_is_no_yaml_says_in_which_line() {
        assertThatThrownBy(() -> file("desk:\n  port: [1"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("line");
    }

    @Test
    void a_port_is_a_number_of_sixteen_bits() {
        for (String port : List.of("-1", "65536", "https", "")) {
            assertThatThrownBy(() -> words("desk.port=" + port))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("desk.port");
        }
    }

    @Test
    void a_certificate_without_its_key_is_refused() {
        assertThatThrownBy(() -> words("listeners.tls.certificate=chain.pem"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("listeners.tls.key");
    }

    @Test
    void a_word_without_an_equals_sign_is_refused() {
        assertThatThrownBy(() -> words("desk.port")).isInstanceOf(SettingsException.class);
    }

    @Test
    void a_base_address_that_is_none_is_refused() {
        for (String url : List.of("pki", "ftp://pki.example.com", "https://pki.example.com", "http://", ":")) {
            assertThatThrownBy(() -> words("pki.base-url=" + url)).isInstanceOf(SettingsException.class);
        }
    }

    @Test
    void the_plain_listener_can_be_off() {
        assertThat(words("listeners.objects.port=off").listeners().objectsPort())
                .isEmpty();
        assertThat(words("listeners.objects.port=0").listeners().objectsPort()).hasValue(0);
        assertThatThrownBy(() -> words("listeners.objects.port=of")).isInstanceOf(SettingsException.class);
    }

    @Test
    void a_length_of_time_is_a_number_and_a_unit() {
        assertThat(words("pki.crl-life=36h").pki().crlLife()).isEqualTo(Duration.ofHours(36));
        for (String life : List.of("0d", "1w", "24", "-1h", "1.5h", "99999999d", "")) {
            assertThatThrownBy(() -> words("pki.crl-life=" + life))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("pki.crl-life");
        }
    }

    @Test
    void the_log_is_text_for_people_or_json_for_programs() {
        assertThat(words().telling().log()).isEqualTo(Settings.LogFormat.TEXT);
        assertThat(words("log.format=json", "log.level=debug").telling())
                .isEqualTo(
                        new Settings.Telling(Settings.LogFormat.JSON, Settings.LogLevel.DEBUG, Optional.empty(), 100));
        for (String wrong : List.of("log.format=JSON", "log.format=xml", "log.level=all", "log.level=")) {
            assertThatThrownBy(() -> words(wrong))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void traces_go_to_a_whole_address_and_a_percentage_is_one() {
        String endpoint = "https://collector.example.com:4318/v1/traces";
        assertThat(words("telemetry.otlp.endpoint=" + endpoint).telling().traces())
                .contains(URI.create(endpoint));
        for (String wrong : List.of("collector:4318", "grpc://collector:4317", "/v1/traces", "http://a:b@c/", ":")) {
            assertThatThrownBy(() -> words("telemetry.otlp.endpoint=" + wrong))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("telemetry.otlp.endpoint");
        }
        assertThatThrownBy(() -> words("telemetry.otlp.percent=0")).isInstanceOf(SettingsException.class);
    }

    @Test
    void two_places_are_so_within_a_day_at_most() {
        assertThat(words().contestWindow()).isEqualTo(Duration.ofMinutes(10));
        assertThat(words("identity.contest-window=24h").contestWindow()).isEqualTo(Duration.ofHours(24));
        assertThatThrownBy(() -> words("identity.contest-window=25h"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("identity.contest-window");
    }

    @Test
    void an_issuing_authority_that_would_outlive_its_root_is_refused() {
        assertThatThrownBy(() -> words("pki.issuing-life=7301d"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("outlives");
    }

    @Test
    void sinks_have_names_and_each_kind_its_own_settings() throws IOException {
        assertThat(words().sinks()).isEmpty();
        Settings settings = file("""
                sinks:
                  events: { kind: file, max-bytes: 5000 }
                  bus:
                    kind: kafka
                    bootstrap-servers: [k1:9092, k2:9092]
                    properties: kafka.properties
                """, "sinks.events.path=/srv/events");
        assertThat(settings.sinks())
                .containsExactly(
                        new SinkSettings.Kafka(
                                new Name("bus"),
                                "k1:9092,k2:9092",
                                "muster.events",
                                "muster.devices",
                                "muster.telemetry",
                                Optional.of(Path.of("kafka.properties").toAbsolutePath())),
                        new SinkSettings.File(new Name("events"), Path.of("/srv/events"), 5000));
        assertThat(words("sinks.events.kind=file").sinks())
                .containsExactly(new SinkSettings.File(
                        new Name("events"), folder.resolve("sinks").resolve("events"), 67_108_864));
    }

    @Test
    void a_sink_that_cannot_be_is_refused_and_says_what_to_set() {
        Map.of(
                        List.of("sinks.events.path=x"), "sinks.events.kind",
                        List.of("sinks.events.kind=carrier-pigeon"), "file, kafka, webhook",
                        List.of("sinks.Events.kind=file"), "no name for a sink",
                        List.of("sinks.events=file"), "names no setting of a sink",
                        List.of("sinks.events.kind=file", "sinks.events.maxbytes=1"), "max-bytes",
                        List.of("sinks.events.kind=file", "sinks.events.max-bytes=1"), "at least 4096",
                        List.of("sinks.events.kind=file", "sinks.events.events-topic=x"), "has none",
                        List.of("sinks.bus.kind=kafka"), "sinks.bus.bootstrap-servers")
                .forEach((words, said) -> assertThatThrownBy(() -> words(words.toArray(String[]::new)))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining(said));
    }

    @Test
    void routes_have_names_an_expression_and_sinks() throws IOException {
        assertThat(words().messages())
                .isEqualTo(new Settings.Messages(folder.resolve("telemetry"), Optional.empty(), List.of()));
        Settings settings = file("""
                sinks:
                  bus: { kind: kafka, bootstrap-servers: "k1:9092" }
                  aside: { kind: file }
                routes:
                  warm:
                    when: "payload.temp > 30"
                    to: [bus, standard, bus]
                  all: { when: "true", to: bus }
                telemetry.quarantine: aside
                """);
        assertThat(settings.messages().quarantine()).contains(new Name("aside"));
        assertThat(settings.messages().routes())
                .containsExactly(
                        new RouteSettings(new Name("all"), "true", List.of(new Name("bus"))),
                        new RouteSettings(
                                new Name("warm"), "payload.temp > 30", List.of(new Name("bus"), new Name("standard"))));
    }

    @Test
    void a_route_that_cannot_be_is_refused_and_says_what_to_set() {
        Map.of(
                        List.of("routes.warm.to=standard"), "routes.warm.when is not set",
                        List.of("routes.warm.when=true"), "routes.warm.to is not set",
                        List.of("routes.warm.when=true", "routes.warm.to=bus"), "There are standard",
                        List.of("routes.warm.if=true"), "routes.NAME.when",
                        List.of("routes.quarantine.when=true", "routes.quarantine.to=standard"), "no name for a route",
                        List.of("sinks.standard.kind=file"), "named standard",
                        List.of("telemetry.quarantine=aside"), "telemetry.quarantine names",
                        List.of("telemetry.quarantine=standard"), "is standard",
                        List.of(
                                        "sinks.aside.kind=file",
                                        "telemetry.quarantine=aside",
                                        "routes.a.when=true",
                                        "routes.a.to=aside"),
                                "never mixed")
                .forEach((words, said) -> assertThatThrownBy(() -> words(words.toArray(String[]::new)))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining(said));
    }
}
