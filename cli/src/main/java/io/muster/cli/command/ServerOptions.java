package io.muster.cli.command;

import io.muster.cli.page.Format;
import io.muster.cli.query.Query;
import io.muster.cli.wire.Sought;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of every command that asks a server: which one, and how to show its answer.
final class ServerOptions {

    /// Two servers cannot both be asked.
    static final class Place {

        @Option(names = "--data", paramLabel = "DIR", description = "Data directory of a server on this machine.")
        private Optional<Path> data = Optional.empty();

        @Option(
                names = "--context",
                paramLabel = "NAME",
                description = "A server that muster config set named. Without --data and --context, MUSTER_URL, "
                        + "MUSTER_TOKEN and MUSTER_CA say which server to ask, else the current context.")
        private Optional<String> context = Optional.empty();
    }

    @ArgGroup(multiplicity = "0..1")
    private Place place = new Place();

    @Mixin
    private ShowOptions shown = new ShowOptions();

    Sought sought(Map<String, String> environment) {
        return new Sought(place.data, place.context, environment);
    }

    Optional<Path> data() {
        return place.data;
    }

    ShowOptions shown() {
        return shown;
    }

    Format format() {
        return shown.format();
    }

    Optional<Query> query() {
        return shown.query();
    }
}
