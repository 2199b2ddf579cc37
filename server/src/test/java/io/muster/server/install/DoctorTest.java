package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `muster doctor`, and the command line's own machinery, on a real installation.
class DoctorTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Operator operator = HOUSE.operator();

    @Test
    void a_fresh_installation_is_looked_over_and_nothing_fails() {
        JsonNode report = operator.asks("doctor");
        assertThat(names(report))
                .containsSubsequence("disk", "admin token", "keyring", "connection", "desk certificate")
                .contains("database", "https listener", "version", "clock here", "clock", "names")
                .contains("listener certificate", "TLS CA", "authorities", "anchors");
        assertThat(report.findValuesAsText("status")).doesNotContain("fail");
    }

    @Test
    void a_key_that_others_can_read_fails_and_is_mended_by_what_is_said() throws IOException, InterruptedException {
        try (var files = Files.list(HOUSE.data().resolve("keyring"))) {
            Path key = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .findFirst()
                    .orElseThrow();
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        }
        Operator.Said said = operator.tries("doctor", "--query", "checks[?status=='fail'].remedy");
        assertThat(said.code()).isEqualTo(1);
        List<String> remedies = said.out().lines().distinct().toList();
        assertThat(remedies).hasSize(1).first().asString().startsWith("chmod -R go= ");

        assertThat(new ProcessBuilder(remedies.getFirst().split(" "))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        assertThat(operator.tries("doctor").code()).isZero();
    }

    @Test
    void a_context_finds_the_server_its_token_and_its_tenant() throws IOException {
        Path home = Files.createDirectory(HOUSE.data().resolve("home"));
        Map<String, String> environment = Map.of("HOME", home.toString());
        operator.types("tenant", "create", "plant");
        assertThat(Operator.elsewhere(
                                environment,
                                "config",
                                "set",
                                "here",
                                "--url",
                                HOUSE.house().deskUrl().toString(),
                                "--ca",
                                HOUSE.data()
                                        .resolve("trust")
                                        .resolve("server-ca.pem")
                                        .toString(),
                                "--token-file",
                                HOUSE.data().resolve("admin.token").toString(),
                                "--tenant",
                                "plant")
                        .code())
                .isZero();
        Operator.Said hubs = Operator.elsewhere(environment, "hub", "list", "-o", "yaml", "--watch-for", "0");
        assertThat(hubs.err()).isEmpty();
        assertThat(hubs.out()).isEqualTo("---\nitems: []\n");
    }

    private static List<String> names(JsonNode report) {
        return StreamSupport.stream(report.path("checks").spliterator(), false)
                .map(check -> check.path("name").asText())
                .toList();
    }
}
