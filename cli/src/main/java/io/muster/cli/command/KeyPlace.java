package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whose keys a command is about.
final class KeyPlace {

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "The tenant whose key it is; the installation's keys if absent.")
    private Optional<String> tenant = Optional.empty();

    /// The path of the keys in the admin API.
    String path() {
        return tenant.map(name -> "/tenants/" + AdminApi.encoded(name)).orElse("") + "/keys";
    }

    /// How the next command names the same place.
    String typed() {
        return tenant.map(name -> " --tenant " + name).orElse("");
    }
}
