package io.muster.cli.command;

import io.muster.cli.page.Format;
import io.muster.cli.query.Query;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options of every command: which server, and how to show its answer.
final class ServerOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory of a server on this machine. Without it, MUSTER_URL, MUSTER_TOKEN and "
                    + "MUSTER_CA say which server to ask.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            description = "How to show the result: for people, or as the admin API answered; table if absent.")
    private Format format = Format.TABLE;

    @Option(
            names = "--query",
            paramLabel = "JMESPATH",
            converter = QueryReader.class,
            description = "Show this part of the admin API's answer only, such as items[].name.")
    private Optional<Query> query = Optional.empty();

    Optional<Path> data() {
        return data;
    }

    Format format() {
        return format;
    }

    Optional<Query> query() {
        return query;
    }
}
