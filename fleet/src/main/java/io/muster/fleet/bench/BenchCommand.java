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
            "  muster bench enroll --door est --renew --with-floor",
            "  muster bench enroll --door aws --telemetry",
            "  muster bench relay --devices 50000",
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
                .addSubcommand(new RelayCommand(launcher))
                .addSubcommand(new FloorCommand())
                .addSubcommand(new FloorServerCommand())
                .addSubcommand(new KafkaBrokerCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(BenchCommand::explain);
    }

    /// What a person can mend is said in a sentence. A fault of ours goes on to picocli, which shows where it is.
    private static int explain(Exception fault, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (fault instanceof IllegalStateException || fault instanceof IllegalArgumentException) {
            command.getErr().println(fault.getMessage());
            command.getErr().flush();
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw fault;
    }
}
