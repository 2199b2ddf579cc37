package io.muster.cli;

import io.muster.cli.command.Commands;
import io.muster.cli.command.Rhythm;
import io.muster.cli.command.Session;
import io.muster.cli.command.StandingTenant;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Sheet;
import io.muster.cli.story.Marks;
import io.muster.cli.story.Story;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        return line(session, terminal)
                .setDefaultValueProvider(new StandingTenant(args, session.environment()))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, _) -> misused(wrong, session.sheet()))
                .setExecutionExceptionHandler((fault, _, _) -> failed(fault, session.sheet()))
                .execute(args);
    }

    /// Every command, as it is typed and explained.
    static CommandLine line(Session session, Charset terminal) {
        CommandLine line = Commands.addTo(new CommandLine(new Muster()), session, new Story(Marks.of(terminal)));
        complete(line);
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(" " + code.number(), code.words());
        }
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(110);
    }

    /// Every command has help, and stands in the list of its noun with the first sentence of its description.
    private static void complete(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        String description = String.join(" ", spec.usageMessage().description());
        int end = description.indexOf(". ");
        if (end > 0) {
            spec.usageMessage().description(description.substring(0, end + 1), description.substring(end + 2));
        }
        line.getSubcommands().values().stream().distinct().forEach(Main::complete);
    }

    private static int misused(ParameterException wrong, Sheet sheet) {
        String help = wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help";
        List<String> near = wrong instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
                ? unmatched.getSuggestions()
                : List.of();
        return sheet.misused(
                        String.valueOf(wrong.getMessage()),
                        near.isEmpty() ? help : help + "; did you mean " + String.join(", ", near) + "?")
                .number();
    }

    /// A fault of ours: told in a line, with the place where it happened.
    private static int failed(Exception fault, Sheet sheet) {
        sheet.note("muster: Something failed in this command that must not fail.");
        sheet.note("  why: " + fault);
        Arrays.stream(fault.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("io.muster."))
                .findFirst()
                .ifPresent(frame -> sheet.note("  at: " + frame));
        sheet.note("  next: Please report it, with what was typed and these lines.");
        return ExitCode.FAULT.number();
    }
}
