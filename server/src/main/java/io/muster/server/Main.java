package io.muster.server;

import io.muster.server.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `muster up` and `muster demo`.
@Command(
        name = "muster",
        subcommands = {UpCommand.class, DemoCommand.class},
        mixinStandardHelpOptions = true,
        description = "Runs Muster.")
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main())
                .setExecutionExceptionHandler(new StartFailure())
                .setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(arguments));
    }
}
