package io.muster.fleet;

import io.muster.fleet.bench.BenchCommand;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program of the device side; the launcher starts it for `muster bench`.
@Command(
        name = "muster",
        mixinStandardHelpOptions = true,
        description = "Simulates fleets of devices and measures what a server spends on them.",
        subcommands = BenchCommand.class)
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(arguments));
    }

    /// Runs one command and returns its exit code: 0 done, 1 it did not work, 2 the command line is wrong.
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments);
    }

    private static int explain(Exception fault, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (fault instanceof IllegalStateException || fault instanceof IllegalArgumentException) {
            err.println(fault.getMessage());
        } else {
            fault.printStackTrace(err);
        }
        err.flush();
        return 1;
    }
}
