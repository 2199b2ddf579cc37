package io.muster.server.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Lines typed into bash in a folder, as a user types them.
public final class Bash {

    private static final long LONGEST_SECONDS = 120;

    private final Path folder;

    private Bash(Path folder) {
        this.folder = folder;
    }

    public static Bash in(Path folder) {
        return new Bash(folder);
    }

    /// Leaves a test out where a program that it is about is not installed.
    public static void needs(String... programs) throws IOException, InterruptedException {
        for (String program : programs) {
            assumeThat(in(Path.of(".")).tries("command -v " + program).code())
                    .as("%s is installed", program)
                    .isZero();
        }
    }

    /// How lines ended, and all that they said.
    public record Said(int code, String output) {}

    /// Types lines that may fail.
    public Said tries(String lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", lines)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end within " + LONGEST_SECONDS + " s: " + lines);
        }
        return new Said(process.exitValue(), output);
    }

    /// Types lines of which each must succeed.
    public String types(String lines) throws IOException, InterruptedException {
        Said said = tries("set -e -o pipefail\n" + lines);
        assertThat(said.code()).as("%s%n%s", lines, said.output()).isZero();
        return said.output();
    }

    public Path folder() {
        return folder;
    }
}
