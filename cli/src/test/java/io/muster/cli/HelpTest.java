package io.muster.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.cli.command.Commands;
import io.muster.cli.command.Rhythm;
import io.muster.cli.command.Session;
import io.muster.cli.page.Sheet;
import io.muster.cli.story.Marks;
import io.muster.cli.story.Story;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class HelpTest {

    @Test
    void every_command_explains_itself_with_an_example() {
        List<String> commands = new ArrayList<>();
        collect("", tree(), commands);
        assertThat(commands)
                .hasSizeGreaterThan(32)
                .contains("enrollment rotate-keys", "device list", "why", "token create", "cert authority")
                .contains("enrollment update", "profile change");
        for (String command : commands) {
            StringWriter out = new StringWriter();
            String[] typed = (command + " --help").strip().split(" ");
            int exit = Main.run(typed, new PrintWriter(out), new PrintWriter(out), UTF_8, Map.of());
            assertThat(exit).as(command).isZero();
            assertThat(out.toString()).as(command).contains("Example").contains("  muster ");
            assertThat(out.toString().lines()).as(command).noneMatch(line -> line.length() > 130);
        }
    }

    @Test
    void the_exit_codes_are_told() {
        StringWriter out = new StringWriter();
        Main.run(new String[] {"--help"}, new PrintWriter(out), new PrintWriter(out), UTF_8, Map.of());
        assertThat(out.toString()).contains("Exit codes:", "0  ", "1  ", "2  ", "3  ", "4  ", "5  ");
    }

    @Test
    void a_terminal_without_the_signs_gets_letters() {
        assertThat(Marks.of(UTF_8).fail()).isEqualTo("✗ FAILED");
        assertThat(Marks.of(US_ASCII).fail()).isEqualTo("X FAILED");
    }

    private static CommandLine tree() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Commands.addTo(
                new CommandLine(new Muster()),
                new Session(new Sheet(nowhere, nowhere, false), Map.of(), Rhythm.real()),
                new Story(Marks.of(UTF_8)));
    }

    private static void collect(String path, CommandLine line, List<String> commands) {
        commands.add(path);
        line.getSubcommands().forEach((name, child) -> collect((path + " " + name).strip(), child, commands));
    }
}
