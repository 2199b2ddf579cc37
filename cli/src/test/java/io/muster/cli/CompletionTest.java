package io.muster.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The completion of a real bash.
final class CompletionTest {

    @TempDir
    private static Path folder;

    @BeforeAll
    static void write() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(
                new String[] {"completion", "bash"}, new PrintWriter(out), new PrintWriter(err), UTF_8, Map.of());
        assertThat(exit).isZero();
        assertThat(err.toString()).isEmpty();
        Files.writeString(folder.resolve("muster"), out.toString());
    }

    @Test
    void the_script_registers_itself() throws IOException, InterruptedException {
        assertThat(bash("complete -p muster")).containsExactly("complete -o default -F _complete_muster muster");
    }

    @Test
    void nouns_are_offered() throws IOException, InterruptedException {
        assertThat(offered("muster", "")).contains("tenant", "device", "why", "completion", "up");
        assertThat(offered("muster", "en")).containsExactly("enrollment");
    }

    @Test
    void verbs_are_offered() throws IOException, InterruptedException {
        assertThat(offered("muster", "device", "")).contains("list", "get");
        assertThat(offered("muster", "enrollment", "rot")).containsExactly("rotate-keys");
    }

    @Test
    void options_are_offered() throws IOException, InterruptedException {
        assertThat(offered("muster", "device", "list", "--")).contains("--tenant", "--query", "--watch", "--help");
        assertThat(offered("muster", "device", "list", "--outp")).containsExactly("--output");
    }

    @Test
    void values_are_offered_as_they_are_typed() throws IOException, InterruptedException {
        assertThat(offered("muster", "device", "list", "-o", "")).containsExactly("table", "json", "yaml");
        assertThat(offered("muster", "completion", "z")).containsExactly("zsh");
    }

    @Test
    void zsh_gets_the_same_script() {
        StringWriter out = new StringWriter();
        Main.run(new String[] {"completion", "ZSH"}, new PrintWriter(out), new PrintWriter(out), UTF_8, Map.of());
        assertThat(out.toString()).contains("bashcompinit").contains("complete -F _complete_muster");
    }

    /// What bash offers for the last of these words.
    private static List<String> offered(String... words) throws IOException, InterruptedException {
        String typed = String.join(" ", words);
        StringBuilder line = new StringBuilder("COMP_WORDS=(");
        for (String word : words) {
            line.append('\'').append(word).append("' ");
        }
        line.append(") COMP_CWORD=").append(words.length - 1);
        line.append(" COMP_LINE='").append(typed).append("' COMP_POINT=").append(typed.length());
        return bash(line + "; _complete_muster 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    private static List<String> bash(String command) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder(
                        "/bin/bash",
                        "--norc",
                        "-c",
                        "source \"$0\"; " + command,
                        folder.resolve("muster").toString())
                .redirectErrorStream(true)
                .start();
        bash.getOutputStream().close();
        String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
