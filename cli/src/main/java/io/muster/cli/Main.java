package io.muster.cli;

import io.muster.cli.command.Commands;
import io.muster.cli.command.Rhythm;
import io.muster.cli.command.Session;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Harmless;
import io.muster.cli.page.Sheet;
import io.muster.cli.story.Marks;
import io.muster.cli.story.Story;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Starts the command line.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Charset terminal = System.out.charset();
        PrintWriter out = new PrintWriter(System.out, false, terminal);
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        Sheet sheet = new Sheet(
                out,
                err,
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
        Session session = new Session(sheet, System.getenv(), Rhythm.real());
        System.exit(run(args, out, err, terminal, session));
    }

    /// Runs one command where nobody looks at a terminal, and gives its exit code.
    ///
    /// @param terminal what the output can show
    public static int run(
            String[] args, PrintWriter out, PrintWriter err, Charset terminal, Map<String, String> environment) {
        return run(args, out, err, terminal, new Session(new Sheet(out, err, false), environment, Rhythm.real()));
    }

    static int run(String[] args, PrintWriter out, PrintWriter err, Charset terminal, Session session) {
        CommandLine line = Commands.addTo(new CommandLine(new Muster()), session, new Story(Marks.of(terminal)));
        addHelp(line);
        return line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110)
                .setParameterExceptionHandler((wrong, _) -> usage(wrong, err))
                .execute(args);
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        line.getSubcommands().values().stream().distinct().forEach(Main::addHelp);
    }

    private static int usage(ParameterException wrong, PrintWriter err) {
        err.println("muster: " + Harmless.text(String.valueOf(wrong.getMessage())));
        err.println("  next: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return ExitCode.USAGE.number();
    }
}
