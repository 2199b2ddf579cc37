package io.muster.cli;

import picocli.CommandLine.Command;

/// The root of the command line. Alone it does nothing: picocli asks for a command.
@Command(
        name = "muster",
        description = "Zero-touch provisioning of devices, self-hosted.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  muster up --data ./data",
            "  muster device list --tenant acme --data ./data",
            "  muster enrollment list --tenant acme --query 'items[?enabled].name' --data ./data",
            "",
            "A list and what a verb does: muster NOUN --help, muster NOUN VERB --help"
        })
final class Muster {}
