package io.muster.fleet.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `muster bench`: what the server spends on a fleet, and the floor beneath it.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures what one core of the server does for a fleet of devices.",
        footer = {
            "",
            "Examples:",
            "  muster bench enroll --with-floor",
            "  muster bench enroll --kind symmetric --devices 50000 --json enroll.json",
            "  muster bench floor --devices 10000"
        })
public final class BenchCommand {

    private BenchCommand() {}

    /// The command with all that is under it.
    public static CommandLine line() {
        return line(Launcher.fromEnvironment());
    }

    static CommandLine line(Launcher launcher) {
        return new CommandLine(new BenchCommand())
                .addSubcommand(new EnrollCommand(launcher))
                .addSubcommand(new FloorCommand())
                .addSubcommand(new FloorServerCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(BenchCommand::explain);
    }

    /// What a person can mend is said in a sentence; a fault of ours shows where it is.
    private static int explain(Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
        switch (fault) {
            case IllegalStateException expected -> command.getErr().println(expected.getMessage());
            case IllegalArgumentException expected -> command.getErr().println(expected.getMessage());
            default -> fault.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return 1;
    }
}
