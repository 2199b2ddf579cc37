package io.muster.server.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.health.Examination;
import io.muster.desk.health.Finding;
import io.muster.desk.health.Finding.Grade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminationsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void a_clock_that_is_off_is_told_before_and_when_it_stops_the_node() {
        assertThat(clockThatIsAhead(Duration.ofSeconds(30)).grade()).isEqualTo(Grade.OK);
        assertThat(clockThatIsAhead(Duration.ofSeconds(-31)))
                .isEqualTo(Finding.warn(
                        "clock",
                        "This node's clock is 31 seconds behind the database's. Beyond 5 minutes nothing is issued.",
                        "Let both machines follow NTP; set the clock that is wrong."));
        assertThat(clockThatIsAhead(Duration.ofMinutes(6)).grade()).isEqualTo(Grade.FAIL);
        assertThat(clockThatIsAhead(Duration.ofMinutes(6)).what()).contains("360 seconds ahead");
    }

    private static Finding clockThatIsAhead(Duration ahead) {
        return only(new ClockExamination(() -> NOW.minus(ahead)));
    }

    @Test
    void a_disk_is_told_before_it_is_full() {
        DiskExamination disk = new DiskExamination(folder);
        assertThat(disk.finding(6L << 30).grade()).isEqualTo(Grade.OK);
        assertThat(disk.finding(4L << 30).grade()).isEqualTo(Grade.WARN);
        assertThat(disk.finding(100L << 20).grade()).isEqualTo(Grade.FAIL);
        assertThat(disk.finding(100L << 20).what()).contains("100 MiB");
        assertThat(only(new DiskExamination(folder.resolve("nowhere"))).grade()).isEqualTo(Grade.WARN);
    }

    @Test
    void a_keyring_that_others_can_read_is_told_with_the_command_that_mends_it() throws IOException {
        Path keyring = Files.createDirectory(folder.resolve("keyring"));
        Path key = Files.writeString(keyring.resolve("key"), "secret");
        permit("rwx------", keyring);
        permit("rw-------", key);
        assertThat(only(new KeyringExamination(keyring)).grade()).isEqualTo(Grade.OK);

        permit("rw-r-----", key);
        assertThat(only(new KeyringExamination(keyring)))
                .isEqualTo(Finding.fail(
                        "keyring",
                        key + " can be read or written by others; who has the keyring reads the database.",
                        "chmod -R go= " + keyring));
        permit("rwxr-x---", keyring);
        assertThat(only(new KeyringExamination(keyring)).what()).contains(keyring + " and 1 more");
        assertThat(only(new KeyringExamination(folder.resolve("nowhere"))).grade())
                .isEqualTo(Grade.FAIL);
    }

    @Test
    void a_name_that_nobody_knows_is_told() {
        List<Finding> findings = new NamesExamination(List.of("localhost", "127.0.0.1", "no such name")).findings(NOW);
        assertThat(findings).extracting(Finding::grade).containsExactly(Grade.OK, Grade.OK, Grade.WARN);
        assertThat(findings.getLast().remedy()).contains("listeners.names");
    }

    @Test
    void what_ends_is_told_before_and_after() {
        assertThat(life(Duration.ofDays(31)).grade()).isEqualTo(Grade.OK);
        assertThat(life(Duration.ofDays(29)).grade()).isEqualTo(Grade.WARN);
        assertThat(life(Duration.ofDays(-1)))
                .isEqualTo(Finding.fail("ca", "The CA has ended on 2026-11-23T03:00:00Z.", "Renew it."));
    }

    private static Finding life(Duration left) {
        return Life.finding("ca", "The CA", NOW.plus(left), Duration.ofDays(30), "Renew it.", NOW);
    }

    private static Finding only(Examination examination) {
        List<Finding> findings = examination.findings(NOW);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static void permit(String permissions, Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
