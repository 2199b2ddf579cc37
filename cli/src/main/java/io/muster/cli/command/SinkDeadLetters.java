package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "dead-letters",
        description = {
            "List what a sink could not take, and was not told again.",
            "When the cause is mended, muster sink replay tells it again."
        },
        footer = {"", "Example:", "  muster sink dead-letters events --data ./data"})
final class SinkDeadLetters implements Callable<Integer> {

    @Mixin
    private SinkTarget target = new SinkTarget();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    SinkDeadLetters(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, target.path() + "/dead-letters", Map.of(), SinkViews.DEAD_LETTERS);
    }
}
