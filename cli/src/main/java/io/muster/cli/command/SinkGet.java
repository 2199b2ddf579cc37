package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show one sink.",
        footer = {"", "Example:", "  muster sink get events --data ./data"})
final class SinkGet implements Callable<Integer> {

    @Mixin
    private SinkTarget target = new SinkTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    SinkGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), SinkViews.SINK::card);
    }
}
