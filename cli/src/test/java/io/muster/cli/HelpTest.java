package io.muster.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.command.Rhythm;
import io.muster.cli.command.Session;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Sheet;
import io.muster.cli.story.Marks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Walks every command that there is.
final class HelpTest {

    private static final Set<String> LAUNCHED = Set.of("up", "demo", "bench", "test");

    private static final Path DOCUMENT = Path.of("..", "docs", "cli.md");

    @Test
    void the_walk_sees_nouns_verbs_and_their_other_names() {
        assertThat(commands())
                .hasSizeGreaterThan(36)
                .contains("", "enrollment rotate-keys", "device list", "why", "token create", "cert authority", "up")
                .contains("enrollment update", "profile change", "enrollment disable");
    }

    @ParameterizedTest(name = "muster {0}")
    @MethodSource("commands")
    void every_command_explains_itself_with_an_example(String command) {
        StringWriter out = new StringWriter();
        String[] typed = (command + " --help").strip().split(" ");
        int exit = Main.run(typed, new PrintWriter(out), new PrintWriter(out), UTF_8, Map.of());
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("Example").contains("\n  muster ");
        assertThat(out.toString().lines()).noneMatch(line -> line.length() > 130);
    }

    @ParameterizedTest(name = "muster {0}")
    @MethodSource("commands")
    void every_command_option_and_parameter_is_described(String command) {
        CommandSpec spec = spec(command);
        assertThat(spec.usageMessage().description()).as("description").isNotEmpty();
        assertThat(spec.usageMessage().description()[0])
                .as("first sentence")
                .endsWith(".")
                .hasSizeLessThan(125);
        for (ArgSpec argument : Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
                .toList()) {
            String description = String.join(" ", argument.description());
            assertThat(description).as(argument.toString()).isNotBlank().endsWith(".");
            if (argument.arity().max() > 0) {
                assertThat(argument.paramLabel())
                        .as(argument.toString())
                        .isNotBlank()
                        .doesNotStartWith("<");
            }
        }
    }

    /// An example that could not be typed would be worse than none.
    @ParameterizedTest(name = "muster {0}")
    @MethodSource("commands")
    void every_example_can_be_typed(String command) {
        Arrays.stream(spec(command).usageMessage().footer())
                .filter(line -> line.startsWith("  muster "))
                .map(HelpTest::words)
                .filter(words -> !LAUNCHED.contains(words[0]))
                .forEach(words ->
                        assertThat(complaint(words)).as(String.join(" ", words)).isEmpty());
    }

    /// The files that an example names are not here.
    private static String complaint(String... words) {
        try {
            line().parseArgs(words);
            return "";
        } catch (ParameterException e) {
            return String.valueOf(e.getMessage()).contains("there is no file ") ? "" : String.valueOf(e.getMessage());
        }
    }

    /// The words after `muster`, up to what belongs to the shell.
    private static String[] words(String example) {
        String typed = example.strip().split("[>|;&]", 2)[0].replaceFirst("muster ", "");
        return Pattern.compile("'([^']*)'|(\\S+)")
                .matcher(typed)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }

    @Test
    void the_exit_codes_are_told_by_help_and_document_alike() throws IOException {
        StringWriter out = new StringWriter();
        Main.run(new String[] {"--help"}, new PrintWriter(out), new PrintWriter(out), UTF_8, Map.of());
        String document = Files.readString(DOCUMENT);
        for (ExitCode code : ExitCode.values()) {
            assertThat(out.toString()).containsPattern(" " + code.number() + " +" + code.words());
            assertThat(document).contains("| " + code.number() + " | " + code.words() + " |");
        }
    }

    @Test
    void every_noun_stands_in_the_document() throws IOException {
        String document = Files.readString(DOCUMENT);
        commands().filter(name -> !name.isEmpty() && !name.contains(" ")).forEach(noun -> assertThat(document)
                .contains("`" + noun));
    }

    @Test
    void a_terminal_without_the_signs_gets_letters() {
        assertThat(Marks.of(UTF_8).fail()).isEqualTo("✗ FAILED");
        assertThat(Marks.of(US_ASCII).fail()).isEqualTo("X FAILED");
    }

    static Stream<String> commands() {
        return walk().keySet().stream();
    }

    private static Map<String, CommandLine> walk() {
        Map<String, CommandLine> commands = new LinkedHashMap<>();
        collect("", line(), commands);
        return commands;
    }

    private static CommandSpec spec(String command) {
        return Objects.requireNonNull(walk().get(command)).getCommandSpec();
    }

    private static void collect(String path, CommandLine line, Map<String, CommandLine> commands) {
        commands.put(path, line);
        line.getSubcommands().forEach((name, child) -> collect((path + " " + name).strip(), child, commands));
    }

    private static CommandLine line() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Main.line(new Session(new Sheet(nowhere, nowhere, false), Map.of(), Rhythm.real()), UTF_8);
    }
}
