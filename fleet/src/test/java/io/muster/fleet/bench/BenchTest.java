package io.muster.fleet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BenchTest {

    private static final Launcher NOWHERE = new Launcher(Optional.empty());

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void figures_come_from_proc() {
        assumeThat(Path.of("/proc/self/stat"))
                .as("the benchmark runs on Linux only")
                .exists();
    }

    @Test
    void the_floor_is_measured_and_written_down() throws Exception {
        Path json = folder.resolve("floor.json");

        int code = run(NOWHERE, "floor", "--devices", "40", "--warmup", "0", "--json", json.toString());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("checked once", "checked every time", "ms/connection");
        JsonNode floors = new ObjectMapper().readTree(json.toFile()).path("floors");
        assertThat(floors).hasSize(2);
        assertThat(floors.get(0).at("/summary/enrolled").asInt()).isEqualTo(40);
        assertThat(floors.get(0).at("/cost/total").asDouble()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void enrollments_are_measured_on_a_server_that_the_launcher_starts(Kind kind) throws Exception {
        Path json = folder.resolve("enroll.json");
        Launcher launcher = new Launcher(Optional.of(pretendLauncher()));

        int code = run(
                launcher,
                "enroll",
                "--kind=" + kind,
                "--devices=30",
                "--warmup=1",
                "--half-rate",
                "--data=" + folder.resolve("data"),
                "--json=" + json);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("enrollments/s", "bytes/device", "with a new data directory");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("phases")).hasSize(2);
        assertThat(report.at("/phases/0/summary/enrolled").asInt()).isEqualTo(30);
        assertThat(report.at("/phases/1/summary/enrolled").asInt()).isEqualTo(30);
        assertThat(report.at("/phases/0/bytesPerDevice").asDouble()).isCloseTo(1500, within(0.1));
        assertThat(report.at("/phases/0/cost/jvm").asDouble()).isPositive();
        assertThat(report.at("/phases/0/resident").asLong()).isPositive();
    }

    @Test
    void the_floor_of_a_certificate_is_measured() throws Exception {
        Path json = folder.resolve("floor.json");

        int code =
                run(NOWHERE, "floor", "--csr", "--intermediate=cached", "--devices=40", "--warmup=0", "--json=" + json);

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("CSR verified + certificate signed", "checked once");
        JsonNode floors = new ObjectMapper().readTree(json.toFile()).path("floors");
        assertThat(floors).hasSize(1);
        assertThat(floors.get(0).path("duty").asText()).isEqualTo("CERTIFICATE");
        assertThat(floors.get(0).at("/summary/enrolled").asInt()).isEqualTo(40);
    }

    @Test
    void certificates_and_their_renewals_are_measured_beside_their_floor() throws Exception {
        Path json = folder.resolve("est.json");
        Launcher launcher = new Launcher(Optional.of(pretendLauncher()));

        int code = run(
                launcher,
                "enroll",
                "--door=est",
                "--renew",
                "--with-floor",
                "--devices=30",
                "--warmup=1",
                "--json=" + json);

        assertThat(code).as(err.toString() + out).isZero();
        assertThat(out.toString())
                .contains("EST simpleenroll", "EST simplereenroll", "renewals/s", "CSR verified + certificate signed")
                .contains("server over floor", "renewal over floor");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("door").asText()).isEqualTo("est");
        assertThat(report.path("phases")).hasSize(2);
        assertThat(report.at("/phases/0/summary/enrolled").asInt()).isEqualTo(30);
        assertThat(report.at("/phases/0/bytesPerDevice").asDouble()).isCloseTo(1500, within(0.1));
        assertThat(report.at("/phases/1/deed").asText()).isEqualTo("EST_RENEW");
        assertThat(report.at("/phases/1/summary/reenrolled").asInt()).isEqualTo(30);
        assertThat(report.at("/phases/1/bytesPerDevice").asDouble()).isCloseTo(700, within(0.1));
        assertThat(report.path("timesFloor").asDouble()).isPositive();
        assertThat(report.path("renewalTimesFloor").asDouble()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void enrollments_over_mqtt_are_measured(Kind kind) throws Exception {
        JsonNode report = enroll("--door=dps-mqtt", "--kind=" + kind, "--half-rate");

        assertThat(out.toString()).contains("DPS over MQTT", "enrollments/s");
        assertThat(report.path("door").asText()).isEqualTo("dps-mqtt");
        assertThat(report.at("/phases/0/summary/enrolled").asInt()).isEqualTo(30);
        assertThat(report.at("/phases/1/summary/enrolled").asInt()).isEqualTo(30);
        assertThat(report.at("/phases/0/bytesPerDevice").asDouble()).isCloseTo(1500, within(0.1));
    }

    @Test
    void things_are_measured_beside_the_floor_of_a_certificate() throws Exception {
        JsonNode report = enroll("--door=aws", "--with-floor");

        assertThat(out.toString())
                .contains("AWS CreateCertificateFromCsr + RegisterThing, claim certificate", "server over floor")
                .contains("CSR verified + certificate signed");
        assertThat(report.path("door").asText()).isEqualTo("aws");
        assertThat(report.at("/phases/0/deed").asText()).isEqualTo("AWS_CSR");
        assertThat(report.at("/phases/0/summary/enrolled").asInt()).isEqualTo(30);
        assertThat(report.at("/phases/0/bytesPerDevice").asDouble()).isCloseTo(1500, within(0.1));
        assertThat(report.path("timesFloor").asDouble()).isPositive();
    }

    @Test
    void things_may_report_and_may_get_their_key_from_the_server() throws Exception {
        JsonNode report = enroll("--door=aws", "--server-keys", "--telemetry");

        assertThat(report.at("/phases/0/deed").asText()).isEqualTo("AWS_KEYS_TELEMETRY");
        assertThat(report.at("/phases/0/summary/enrolled").asInt()).isEqualTo(30);
    }

    @Test
    void everything_is_told_again_to_a_sink_and_timed() throws Exception {
        JsonNode report = bench("relay", "--sink=file", "--devices=30", "--replays=2");

        assertThat(out.toString()).contains("as fast as the sink takes it (file)", "replay 2", "entries/s");
        assertThat(report.path("entries").asInt()).isEqualTo(30);
        assertThat(report.path("replays")).hasSize(2);
        assertThat(report.at("/replays/1/perSecond").asDouble()).isPositive();
        assertThat(report.has("timed")).isFalse();
    }

    @Test
    void messages_of_connected_devices_are_measured() throws Exception {
        Path json = folder.resolve("telemetry.json");
        Launcher launcher = new Launcher(Optional.of(pretendLauncher()));

        int code = run(
                launcher, "telemetry", "--connections=5", "--rate=100", "--warmup=1", "--seconds=2", "--json=" + json);

        assertThat(code).as(err.toString() + out).isZero();
        assertThat(out.toString()).contains("messages/s", "until PUBACK", "100 messages due a second");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.path("open").asInt()).isEqualTo(5);
        assertThat(report.at("/stretch/messages").asInt()).isBetween(100, 300);
        assertThat(report.at("/stretch/faults")).isEmpty();
    }

    private JsonNode enroll(String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("enroll", "--devices=30", "--warmup=0"));
        line.addAll(List.of(words));
        return bench(line.toArray(String[]::new));
    }

    private JsonNode bench(String... words) throws Exception {
        Path json = folder.resolve("report.json");
        Launcher launcher = new Launcher(Optional.of(pretendLauncher()));
        List<String> line = new ArrayList<>(List.of(words));
        line.add("--json=" + json);
        assertThat(run(launcher, line.toArray(String[]::new)))
                .as(err.toString() + out)
                .isZero();
        return new ObjectMapper().readTree(json.toFile());
    }

    @Test
    void what_no_device_can_do_at_a_door_is_refused_before_anything_starts() {
        assertThat(run(NOWHERE, "enroll", "--door=est", "--kind=symmetric")).isEqualTo(1);
        assertThat(err.toString()).contains("symmetric keys have nothing to show at the EST door");
        assertThat(run(NOWHERE, "enroll", "--door=aws", "--kind=symmetric")).isEqualTo(1);
        assertThat(err.toString()).contains("symmetric keys have nothing to show at the AWS door");
        assertThat(run(NOWHERE, "enroll", "--renew")).isEqualTo(1);
        assertThat(err.toString()).contains("add --door est");
        assertThat(run(NOWHERE, "enroll", "--telemetry")).isEqualTo(1);
        assertThat(err.toString()).contains("add --door aws");
    }

    @Test
    void a_server_that_does_not_start_is_explained_with_its_last_words() throws Exception {
        Path broken = script("#!/bin/sh\necho 'the database is of another major version'\nexit 3\n");

        int code = run(new Launcher(Optional.of(broken)), "enroll", "--devices=1", "--warmup=0");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("ended with code 3", "another major version");
    }

    @Test
    void a_launcher_that_is_not_known_is_asked_for() {
        assertThat(run(NOWHERE, "enroll", "--devices=1")).isEqualTo(1);
        assertThat(err.toString()).contains("MUSTER_LAUNCHER");
    }

    @Test
    void numbers_out_of_bounds_are_refused_before_anything_starts() {
        assertThat(run(NOWHERE, "relay", "--replays", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("--replays is at least 1");
        assertThat(run(NOWHERE, "floor", "--devices", "0")).isEqualTo(1);
        assertThat(err.toString()).contains("--devices must be from 1 to");
        assertThat(run(NOWHERE, "telemetry", "--connections=10", "--rate=2000")).isEqualTo(1);
        assertThat(err.toString()).contains("at most 1000", "Add --connections");
    }

    @Test
    void a_fault_of_the_benchmark_shows_where_it_is() {
        Path nowhere = folder.resolve("missing").resolve("floor.json");

        int code = run(NOWHERE, "floor", "--intermediate=cached", "--devices=1", "--warmup=0", "--json=" + nowhere);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("FileNotFoundException", "io.muster.fleet.bench.JsonReport");
    }

    @Test
    void help_shows_examples() {
        assertThat(run(NOWHERE, "--help")).isZero();
        assertThat(out.toString()).contains("muster bench enroll --with-floor").doesNotContain("floor-server");
    }

    @Test
    void cpu_time_of_this_process_is_seen_to_grow() throws Exception {
        long self = ProcessHandle.current().pid();
        Duration before = Proc.cpu(self);
        long end = System.nanoTime() + Duration.ofMillis(60).toNanos();
        long spun = 0;
        while (System.nanoTime() < end) {
            spun++;
        }

        assertThat(spun).isPositive();
        assertThat(Proc.cpu(self)).isGreaterThan(before);
        assertThat(Proc.bytes(self, "VmRSS")).isPositive();
    }

    private int run(Launcher launcher, String... arguments) {
        return BenchCommand.line(launcher)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private Path pretendLauncher() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return script("#!/bin/sh\nexec " + java + " --enable-native-access=ALL-UNNAMED -cp '"
                + System.getProperty("java.class.path") + "' io.muster.fleet.bench.PretendMuster \"$@\"\n");
    }

    private Path script(String text) throws Exception {
        Path script = folder.resolve("launcher");
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }
}
