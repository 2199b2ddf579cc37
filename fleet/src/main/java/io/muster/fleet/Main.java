package io.muster.fleet;

import io.muster.fleet.bench.BenchCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program of the device side; the launcher starts it for `muster bench`.
@Command(
        name = "muster",
        mixinStandardHelpOptions = true,
        description = "Simulates fleets of devices and measures what a server spends on them.")
public final class Main {

    private Main() {}

    /// Exit code 0: done and clean; 1: it did not work; 2: the command line is wrong.
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        CommandLine line = new CommandLine(new Main()).addSubcommand(BenchCommand.line());
        System.exit(line.execute(arguments));
    }
}
