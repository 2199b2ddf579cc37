package io.muster.cli.command;

import io.muster.cli.page.Format;
import io.muster.cli.query.Query;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How to show an answer.
final class ShowOptions {

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

    Format format() {
        return format;
    }

    Optional<Query> query() {
        return query;
    }
}
