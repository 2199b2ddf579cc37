package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the sinks: how far each is behind, and what it could not take.",
        footer = {"", "Example:", "  muster sink list --data ./data"})
final class SinkList implements Callable<Integer> {

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    SinkList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, "/sinks", Map.of(), SinkViews.SINKS);
    }
}
