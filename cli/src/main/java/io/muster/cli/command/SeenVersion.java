package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import java.util.Optional;
import picocli.CommandLine.Option;

/// For changes of what has versions.
final class SeenVersion {

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "Change it only where this is its version still; somebody may have been faster.")
    private Optional<Integer> version = Optional.empty();

    AdminApi on(AdminApi api) {
        return version.map(api::ifVersion).orElse(api);
    }
}
