package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import picocli.CommandLine.Parameters;

/// The sink that a command is about.
final class SinkTarget {

    @Parameters(paramLabel = "SINK", description = "The sink's name, as it is set.")
    private String name = "";

    String path() {
        return "/sinks/" + AdminApi.encoded(name);
    }
}
