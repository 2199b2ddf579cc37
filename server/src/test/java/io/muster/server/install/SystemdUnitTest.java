package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.server.testkit.Ground;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The unit of systemd, as systemd's own checker reads it where it is installed.
class SystemdUnitTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path UNIT = REPOSITORY.resolve("packaging/systemd/muster.service");

    /// In tenths: the less the better, 100 is no protection at all.
    private static final int MOST_EXPOSURE = 20;

    @Test
    void systemd_finds_no_fault_in_it() throws Exception {
        Path copy = Ground.folder("systemd").resolve("muster.service");
        Files.writeString(copy, Files.readString(UNIT).replace("/opt/muster/", REPOSITORY + "/"));
        assertThat(analyze("verify", copy.toString())).isEqualTo("0 ");
    }

    @Test
    void systemd_finds_it_well_protected() throws Exception {
        String said = analyze("security", "--offline=true", "--threshold=" + MOST_EXPOSURE, UNIT.toString());
        assertThat(said).startsWith("0 ").contains("Overall exposure level");
    }

    @Test
    void it_runs_without_root_on_a_read_only_system_and_ends_well_when_told_to() throws Exception {
        Map<String, List<String>> unit = read();
        assertThat(unit)
                .containsEntry("DynamicUser", List.of("yes"))
                .containsEntry("NoNewPrivileges", List.of("yes"))
                .containsEntry("ProtectSystem", List.of("strict"))
                .containsEntry("PrivateTmp", List.of("yes"))
                .containsEntry("StateDirectory", List.of("muster"))
                .containsEntry("CapabilityBoundingSet", List.of("CAP_NET_BIND_SERVICE"))
                .containsEntry("SuccessExitStatus", List.of("143"))
                .doesNotContainKey("MemoryDenyWriteExecute");
        assertThat(unit.get("ExecStart")).singleElement().asString().contains(" up --data /var/lib/muster");
    }

    private static Map<String, List<String>> read() throws IOException {
        Map<String, List<String>> settings = new TreeMap<>();
        for (String line : Files.readAllLines(UNIT)) {
            if (line.matches("[A-Za-z]+=.*")) {
                int equals = line.indexOf('=');
                settings.computeIfAbsent(line.substring(0, equals), ignored -> new ArrayList<>())
                        .add(line.substring(equals + 1));
            }
        }
        return settings;
    }

    /// The code with which it ended, and what it said.
    private static String analyze(String... words) throws IOException, InterruptedException {
        Path program = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(program), "systemd is not installed");
        List<String> command = new ArrayList<>(List.of(program.toString(), "--no-pager"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + said;
    }
}
