package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.testkit.ScriptedServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks over installations that are well, and such that are not.
final class DoctorTest {

    private static final String READY = "{\"status\":\"UP\",\"checks\":[{\"name\":\"database\",\"status\":\"UP\"}]}";
    private static final String INSTALLATION =
            "{\"version\":\"0.1.0\",\"devices\":7,\"database\":{\"kind\":\"embedded\",\"deviceDataBytes\":1}}";
    private static final String NONE = "{\"items\":[]}";

    @TempDir
    private Path data;

    private ScriptedServer server;
    private String out = "";
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(data);
        Files.createDirectory(data.resolve("keyring"));
        Files.writeString(data.resolve("keyring").resolve("master"), "key");
        permit("rwx------", "keyring");
        permit("rw-------", "keyring/master");
        permit("rw-------", "admin.token");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void an_installation_that_is_well_is_said_to_be() throws JsonProcessingException {
        answers(READY, INSTALLATION, checks(Instant.now(), ""), NONE);
        assertThat(doctor("--data", data.toString())).isZero();
        assertThat(server.asked())
                .containsExactly(
                        "GET /health/ready",
                        "GET /api/v1/installation",
                        "GET /api/v1/installation/checks",
                        "GET /api/v1/tenants?limit=1000");
        assertThat(report().path("status").asText()).isEqualTo("ok");
        assertThat(names("ok"))
                .containsExactly(
                        "disk",
                        "admin token",
                        "keyring",
                        "connection",
                        "desk certificate",
                        "database",
                        "version",
                        "clock here",
                        "anchors");
    }

    @Test
    void each_thing_that_ails_is_told_with_its_remedy() throws IOException {
        permit("rw-r-----", "keyring/master");
        permit("rw-r--r--", "admin.token");
        answers(
                "{\"status\":\"DOWN\",\"checks\":[{\"name\":\"https listener\",\"status\":\"DOWN\",\"reason\":\"It is closed.\"}]}",
                INSTALLATION,
                checks(
                        Instant.now().minus(Duration.ofMinutes(6)),
                        "{\"name\":\"disk\",\"status\":\"warn\",\"detail\":\"Little is left.\",\"remedy\":\"Make room.\"},"
                                + "{\"name\":\"time machine\",\"status\":\"odd\",\"detail\":\"It is \\u001b[2Jnew.\"}"),
                "{\"items\":[{\"name\":\"acme\"}]}",
                "{\"items\":[" + enrollment("old", "x509", "2020-01-01T00:00:00Z") + ","
                        + enrollment(
                                "soon",
                                "tpm",
                                Instant.now().plus(Duration.ofDays(29)).toString()) + ","
                        + enrollment(
                                "later",
                                "x509",
                                Instant.now().plus(Duration.ofDays(31)).toString()) + "]}");
        assertThat(doctor("--data", data.toString())).isEqualTo(1);
        JsonNode report = report();
        assertThat(report.path("status").asText()).isEqualTo("fail");
        assertThat(names("fail")).containsExactly("admin token", "keyring", "https listener", "clock here", "anchors");
        assertThat(names("warn")).containsExactly("disk", "time machine", "anchors");
        assertThat(remedy("keyring")).isEqualTo("chmod -R go= " + data.resolve("keyring"));
        assertThat(remedy("admin token")).isEqualTo("chmod 600 " + data.resolve("admin.token"));
        assertThat(out)
                .contains("CN=Maker in enrollment old of acme has ended on 2020-01-01T00:00:00Z.")
                .contains("muster enrollment change soon --tenant acme --tpm-ca FILE")
                .doesNotContain("enrollment later");
    }

    @Test
    void a_person_reads_lines_that_play_no_tricks() {
        answers(
                READY,
                INSTALLATION,
                checks(
                        Instant.now(),
                        "{\"name\":\"names\",\"status\":\"fail\",\"detail\":\"a\\u001b[2Jb\",\"remedy\":\"c\\nok d\"}"),
                NONE);
        assertThat(run("--data", data.toString())).isEqualTo(1);
        assertThat(out)
                .contains("ok    keyring: ")
                .contains("FAIL  names: a\\u{1b}[2Jb\n      next: c\\u{a}ok d\n")
                .contains("Mend what is marked FAIL.");
    }

    @Test
    void a_server_that_does_not_run_is_told_and_the_folder_looked_at_all_the_same() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(data.resolve("desk.url"), "https://127.0.0.1:" + taken.getLocalPort() + "\n");
        }
        assertThat(doctor("--data", data.toString())).isEqualTo(1);
        assertThat(names("fail")).containsExactly("connection");
        assertThat(remedy("connection")).contains("muster up");
        assertThat(names("ok")).contains("keyring", "admin token");
        assertThat(out).contains("\"ports\"");
    }

    @Test
    void a_folder_that_is_none_is_told() throws JsonProcessingException {
        assertThat(doctor("--data", data.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(names("fail")).containsExactly("data directory", "connection");
    }

    @Test
    void a_name_that_the_certificate_has_not_is_not_told_as_a_wrong_anchor() throws JsonProcessingException {
        environment = Map.of(
                "MUSTER_URL", "https://localhost:" + server.port(), "MUSTER_TOKEN", "x", "MUSTER_CA", anchor(data));
        assertThat(doctor()).isEqualTo(1);
        assertThat(remedy("connection")).contains("listeners.names");
    }

    @Test
    void an_anchor_of_another_server_is_told(@TempDir Path other) throws JsonProcessingException {
        try (ScriptedServer stranger = new ScriptedServer(other)) {
            environment = Map.of(
                    "MUSTER_URL",
                    "https://127.0.0.1:" + stranger.port(),
                    "MUSTER_TOKEN",
                    "x",
                    "MUSTER_CA",
                    anchor(data));
            assertThat(doctor()).isEqualTo(1);
            assertThat(remedy("connection")).contains("trust/server-ca.pem").contains("clocks");
        }
    }

    @Test
    void an_anchor_that_is_not_there_is_told() throws JsonProcessingException {
        environment = Map.of(
                "MUSTER_URL", "https://127.0.0.1:" + server.port(), "MUSTER_TOKEN", "x", "MUSTER_CA", "/no/such.pem");
        assertThat(doctor()).isEqualTo(1);
        assertThat(remedy("connection")).contains("trust/server-ca.pem");
    }

    @Test
    void the_token_file_of_a_context_is_looked_at() throws IOException {
        environment = Map.of("XDG_CONFIG_HOME", data.toString());
        StringWriter said = new StringWriter();
        String[] set = {
            "config",
            "set",
            "here",
            "--url",
            "https://127.0.0.1:" + server.port(),
            "--ca",
            anchor(data),
            "--token-file",
            data.resolve("admin.token").toString()
        };
        assertThat(Main.run(set, new PrintWriter(said), new PrintWriter(said), UTF_8, environment))
                .isZero();
        permit("rw-r--r--", "admin.token");
        answers(READY, INSTALLATION, checks(Instant.now(), ""), NONE);
        assertThat(doctor("--context", "here")).isEqualTo(1);
        assertThat(names("fail")).containsExactly("token file");
        assertThat(remedy("token file")).isEqualTo("chmod 600 " + data.resolve("admin.token"));
    }

    @Test
    void an_older_server_is_told_to_be_older() throws JsonProcessingException {
        server.willAnswer(200, READY);
        server.willAnswer(200, INSTALLATION);
        server.willAnswer(404, "{\"title\":\"There is no such thing\"}");
        server.willAnswer(200, NONE);
        assertThat(doctor("--data", data.toString())).isZero();
        assertThat(names("warn")).containsExactly("server's checks");
    }

    @Test
    void a_token_that_is_not_known_is_told_and_nothing_else_asked() throws JsonProcessingException {
        server.willAnswer(200, READY);
        server.willAnswer(401, "{\"title\":\"No valid token\",\"remedy\":\"Send the token.\"}");
        assertThat(doctor("--data", data.toString())).isEqualTo(1);
        assertThat(names("fail")).containsExactly("admin API");
        assertThat(server.asked()).hasSize(2);
    }

    private static String anchor(Path data) {
        return data.resolve("trust").resolve("server-ca.pem").toString();
    }

    private static String checks(Instant at, String checks) {
        return "{\"at\":\"" + at + "\",\"status\":\"ok\",\"checks\":[" + checks + "]}";
    }

    private static String enrollment(String name, String proof, String end) {
        return "{\"name\":\"" + name + "\",\"proof\":{\"" + proof
                + "\":{\"caCertificates\":[{\"subject\":\"CN=Maker\",\"notAfter\":\"" + end + "\"}]}}}";
    }

    private void answers(String... bodies) {
        Stream.of(bodies).forEach(body -> server.willAnswer(body.contains("DOWN") ? 503 : 200, body));
    }

    private void permit(String permissions, String file) throws IOException {
        Files.setPosixFilePermissions(data.resolve(file), PosixFilePermissions.fromString(permissions));
    }

    private int doctor(String... options) {
        return run(Stream.concat(Stream.of("-o", "json"), Stream.of(options)).toArray(String[]::new));
    }

    private int run(String... options) {
        StringWriter to = new StringWriter();
        String[] words = Stream.concat(Stream.of("doctor"), Stream.of(options)).toArray(String[]::new);
        int exit = Main.run(words, new PrintWriter(to), new PrintWriter(to), UTF_8, environment);
        out = to.toString();
        return exit;
    }

    private JsonNode report() throws JsonProcessingException {
        return new JsonMapper().readTree(out);
    }

    private Stream<String> names(String status) throws JsonProcessingException {
        return StreamSupport.stream(report().path("checks").spliterator(), false)
                .filter(check -> check.path("status").asText().equals(status))
                .map(check -> check.path("name").asText());
    }

    private String remedy(String name) throws JsonProcessingException {
        return StreamSupport.stream(report().path("checks").spliterator(), false)
                .filter(check -> check.path("name").asText().equals(name))
                .map(check -> check.path("remedy").asText())
                .findFirst()
                .orElse("no such check");
    }
}
