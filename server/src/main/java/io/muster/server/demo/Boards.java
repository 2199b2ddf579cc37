package io.muster.server.demo;

import io.muster.server.house.House;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The demo's boards with a TPM: the chips are swtpm's, the device side is the example of `examples/tpm`.
final class Boards {

    private static final int COUNT = 3;
    private static final List<String> NEEDED =
            List.of("swtpm", "swtpm_setup", "swtpm_localca", "tpm2_send", "openssl", "curl", "jq", "xxd");

    private final House house;
    private final Operator operator;
    private final String tenant;
    private final Path script;

    private Boards(House house, Operator operator, String tenant, Path script) {
        this.house = house;
        this.operator = operator;
        this.tenant = tenant;
        this.script = script;
    }

    /// @param home the folder of the distribution, in which the examples lie
    static Boards of(House house, Operator operator, String tenant, Path home) {
        return new Boards(
                house, operator, tenant, home.resolve("examples").resolve("tpm").resolve("simulated-board.sh"));
    }

    /// What is missing to play boards here, in words; empty when nothing is.
    static Optional<String> missing() {
        List<String> absent =
                NEEDED.stream().filter(program -> !isOnPath(program)).toList();
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "--tpm needs programs that are not here: " + String.join(", ", absent)
                                + ". On Debian: apt install swtpm swtpm-tools tpm2-tools tpm2-openssl libtss2-tcti-swtpm0 curl jq xxd");
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Founds a maker of chips, trusts it, and lets its boards come; what each said, one line each.
    List<String> arrive(Path folder, List<String> hubs) throws IOException, InterruptedException {
        Path maker = folder.resolve("tpm-maker");
        runs(Map.of(), "maker", maker.toString());
        List<String> words = new ArrayList<>(List.of("enrollment", "create", "boards", "--tenant", tenant));
        words.addAll(List.of("--tpm-ca", maker.resolve("manufacturers.pem").toString(), "--type", "board"));
        hubs.forEach(hub -> words.addAll(List.of("--hub", hub)));
        operator.types(words.toArray(String[]::new));
        List<String> said = new ArrayList<>();
        for (int i = 1; i <= COUNT; i++) {
            Map<String, String> board = Map.of(
                    "MUSTER",
                    house.devicesUrl().toString(),
                    "CA",
                    house.data().serverAnchor().toString(),
                    "ID",
                    "board-" + i,
                    "TENANT",
                    tenant);
            said.add("board-" + i + ": " + runs(board, "enroll", maker.toString()));
        }
        return List.copyOf(said);
    }

    private String runs(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(script + " " + String.join(" ", words) + " failed: " + said);
        }
        return said;
    }
}
