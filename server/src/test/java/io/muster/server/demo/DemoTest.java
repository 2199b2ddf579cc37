package io.muster.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a newcomer sees first.
class DemoTest {

    private static final int DEVICES = 40;

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    @Test
    void every_device_enrolls_and_the_summary_tells_it() throws Exception {
        DemoResult result = run();

        JsonNode figures = new ObjectMapper().readTree(result.inJson());
        assertThat(result.clean()).isTrue();
        assertThat(figures.path("devices").asInt()).isEqualTo(DEVICES);
        assertThat(figures.path("enrolled").asInt()).isEqualTo(DEVICES);
        assertThat(figures.path("reenrolled").asInt()).isEqualTo(3);
        assertThat(figures.path("things").asInt()).isEqualTo(DEVICES / 10);
        assertThat(figures.path("certificates").asInt()).isEqualTo(DEVICES * 2 / 10);
        assertThat(figures.path("renewed").asInt()).isEqualTo(DEVICES * 2 / 10);
        assertThat(figures.path("refused").asInt()).isZero();
        assertThat(figures.path("lost").asInt()).isZero();
        assertThat(figures.path("duplicates").asInt()).isZero();
        assertThat(figures.path("messages").asInt()).isEqualTo(3 * (DEVICES - DEVICES / 10));
        assertThat(figures.path("messagesAttributed").asInt()).isEqualTo(3 * (DEVICES - DEVICES / 10));
        assertThat(figures.path("messagesLost").asInt()).isZero();
        assertThat(result.inWords())
                .contains(
                        "40 of 40 devices enrolled",
                        "8 got a certificate",
                        "8 of these renewed it",
                        "4 came with the claim of their production line",
                        "impostor-1 was refused.",
                        " was accepted.",
                        "eu  eu-1");
    }

    @Test
    void the_lines_to_paste_onboard_a_device_with_openssl_and_curl() throws Exception {
        assumeThat(bash("command -v openssl curl od").code())
                .as("openssl, curl and od on this machine")
                .isZero();
        DemoResult result = run();

        String lines = result.where()
                .paste(result.tenant())
                .lines()
                .filter(line -> !line.contains("./muster "))
                .collect(Collectors.joining("\n"));
        Shell shell = bash(lines);

        assertThat(shell.output()).contains("\"status\":\"assigned\"", "\"deviceId\":\"my-meter-1\"");
        assertThat(HOUSE.operator().types("why", "my-meter-1", "--tenant", result.tenant()))
                .contains("my-meter-1 was accepted.");
    }

    @Test
    void the_lines_to_paste_get_a_certificate_with_openssl_and_curl() throws Exception {
        Bash.needs("openssl", "curl");
        DemoResult result = run();
        String lines = result.where()
                .pasteEst(result.tenant())
                .lines()
                .filter(line -> !line.contains("./muster "))
                .collect(Collectors.joining("\n"));

        String said = Bash.in(Ground.folder("newcomer")).types(lines);

        assertThat(said).contains("subject=CN = my-gate-1", "serial=4D");
        assertThat(HOUSE.operator()
                        .types("cert", "list", "--registration-id", "my-gate-1", "--tenant", result.tenant()))
                .contains("current");
    }

    @Test
    void everything_is_counted_out_of_a_kafka_of_its_own() throws Exception {
        Path json = Ground.folder("demo-kafka").resolve("result.json");
        Path data = Ground.folder("demo-kafka");

        ChildNode.Ended ended = ChildNode.runs(
                "demo",
                "--kafka",
                "--exit",
                "--devices=20",
                "--data=" + data,
                "--json=" + json,
                "--set=listeners.https.port=0",
                "--set=listeners.mqtt.port=0",
                "--set=listeners.objects.port=0",
                "--set=desk.port=0");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("counted out of Kafka at 127.0.0.1:", "0 lost");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.path("messagesAttributed").asInt()).isEqualTo(3 * 18);
    }

    @Test
    void boards_with_a_tpm_come_where_swtpm_is_installed() throws Exception {
        assumeThat(Boards.missing()).isEmpty();

        DemoResult result = run(Optional.of(Path.of("..").toAbsolutePath().normalize()));

        assertThat(result.clean()).isTrue();
        assertThat(result.inWords()).contains("Boards proved by their TPM", "board-3: enrolled as board-3");
    }

    private static DemoResult run() throws IOException, InterruptedException {
        return run(Optional.empty());
    }

    private static DemoResult run(Optional<Path> home) throws IOException, InterruptedException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Demo(HOUSE.house(), nowhere, false, home, Optional.empty()).run(DEVICES);
    }

    private record Shell(int code, String output) {}

    private static Shell bash(String lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", lines)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Shell(process.waitFor(), output);
    }
}
