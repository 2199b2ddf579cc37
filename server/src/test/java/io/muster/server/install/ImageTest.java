package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.OciImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The OCI image, where `./muster image` has made one: it needs a registry or a few minutes, and ordinary
/// tests neither.
class ImageTest {

    private static final Path TAR = Path.of("target", "muster-image.tar");
    private static final String NOBODY_SPECIAL = "10001:10001";
    private static final long LONGEST_START_SECONDS = 90;

    private static OciImage image;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(Files.exists(TAR), "there is no image; ./muster image --own-base makes one");
        image = OciImage.open(TAR);
    }

    @Test
    void it_starts_muster_as_nobody_special() {
        assertThat(image.config().path("User").asText()).isEqualTo(NOBODY_SPECIAL);
        assertThat(texts(image.config().path("Entrypoint")))
                .startsWith("java")
                .endsWith("io.muster.server.Main")
                .contains("-XX:+ExitOnOutOfMemoryError");
        assertThat(texts(image.config().path("Cmd"))).startsWith("up", "--data", "/var/lib/muster");
        assertThat(image.config().path("WorkingDir").asText()).isEqualTo("/var/lib/muster");
        assertThat(image.config().path("Volumes").has("/var/lib/muster")).isTrue();
        assertThat(image.config().path("ExposedPorts").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("8443/tcp", "8883/tcp", "8442/tcp", "9443/tcp");
    }

    @Test
    void it_holds_muster_and_a_place_for_its_data_and_no_secret() throws IOException {
        var files = image.files();
        for (String module : List.of("core", "store", "doors", "desk", "x509", "attestors")) {
            assertThat(files.keySet()).anyMatch(path -> path.matches("/app/libs/muster-" + module + "-.*\\.jar"));
        }
        assertThat(files.keySet()).anyMatch(path -> path.matches("/app/classpath/muster-server-.*\\.jar"));
        assertThat(files.keySet()).noneMatch(path -> path.contains("-tests.jar"));
        assertThat(files.get("/var/lib/muster")).isNotNull().satisfies(entry -> assertThat(entry.isDirectory())
                .isTrue());
        assertThat(files.keySet())
                .noneMatch(path -> path.matches("/var/lib/muster/.*(token|keyring|trust|postgres).*"));
    }

    @Test
    void it_serves_when_it_is_unpacked_and_started() throws Exception {
        assumeTrue(image.files().containsKey("/opt/java/bin/java"), "the image stands on a base that is elsewhere");
        assumeTrue(ProcessHandle.current().info().user().orElse("").equals("root"), "only root may change its root");
        Path root = Ground.folder("unpacked");
        image.unpackTo(root);
        Process process = start(root);
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            CompletableFuture<List<String>> served = CompletableFuture.supplyAsync(
                    () -> out.lines()
                            .takeWhile(line -> !line.contains("Stop with Ctrl-C"))
                            .toList(),
                    Thread::startVirtualThread);
            List<String> greeting = served.get(LONGEST_START_SECONDS, TimeUnit.SECONDS);
            assumeTrue(!greeting.contains("no namespaces"), "this machine allows no namespaces");
            assertThat(greeting).anyMatch(line -> line.startsWith("Muster ") && line.endsWith(" serves."));
            Path data = root.resolve("var/lib/muster");
            assertThat(Files.getAttribute(data.resolve("admin.token"), "unix:uid"))
                    .isEqualTo(10001);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// As a container runtime would: with its own root, processes and mounts, its own user, and its own arguments.
    private static Process start(Path root) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                """
                mkdir -p "$1/proc" "$1/dev" && mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" \\
                    || { echo 'no namespaces'; exit 1; }
                root=$1; user=$2; shift 2
                exec chroot --userspec="$user" "$root" "$@"
                """,
                "sh",
                root.toString(),
                image.config().path("User").asText()));
        List<String> entry = texts(image.config().path("Entrypoint"));
        command.add("/opt/java/bin/java");
        command.addAll(entry.subList(1, entry.size()));
        command.addAll(texts(image.config().path("Cmd")));
        for (String port :
                List.of("listeners.https.port", "listeners.mqtt.port", "listeners.objects.port", "desk.port")) {
            command.addAll(List.of("--set", port + "=0"));
        }
        command.addAll(List.of("--set", "listeners.host=127.0.0.1", "--set", "desk.host=127.0.0.1"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return builder.redirectErrorStream(true).start();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
