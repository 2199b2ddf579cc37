package io.muster.cli;

import picocli.CommandLine.Command;

/// The root of the command line. Alone it does nothing: picocli asks for a command.
@Command(
        name = "muster",
        description = "Zero-touch provisioning of devices, self-hosted.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes:",
            "  0  it is done",
            "  1  the server refused",
            "  2  the command line is wrong",
            "  3  the server cannot be reached",
            "  4  not authorized",
            "  5  not found",
            "",
            "Example:",
            "  muster device list --tenant acme --data ./data"
        })
final class Muster {}
