package io.muster.cli.command;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whether a list is shown once, or again and again.
final class WatchOptions {

    @Option(
            names = "--watch",
            description = "Show the list again every 2 seconds until Ctrl-C. Without a terminal, and with -o json or "
                    + "yaml, only what has changed is shown again: a document for each change.")
    private boolean watch;

    @Option(
            names = "--watch-for",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "Watch for so long, such as 90s or 10m, and end.")
    private Optional<Span> span = Optional.empty();

    boolean on() {
        return watch || span.isPresent();
    }

    /// How long; empty for until it is interrupted.
    Optional<Duration> span() {
        return span.map(Span::iso).map(Duration::parse);
    }
}
