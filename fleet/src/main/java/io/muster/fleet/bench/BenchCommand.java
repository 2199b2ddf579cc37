package io.muster.fleet.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `muster bench`: what the server spends on a fleet, and the floor beneath it.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures what one core of the server does for a fleet of devices.",
        subcommands = {EnrollCommand.class, FloorCommand.class, FloorServerCommand.class, HelpCommand.class},
        footer = {
            "",
            "Examples:",
            "  muster bench enroll --with-floor",
            "  muster bench enroll --kind symmetric --devices 50000 --json enroll.json",
            "  muster bench floor --devices 10000"
        })
public final class BenchCommand {}
