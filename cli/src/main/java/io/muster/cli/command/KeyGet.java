package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show one key, without its text.",
        footer = {"", "Example:", "  muster key get 0123456789abcdef --tenant acme --data ./data"})
final class KeyGet implements Callable<Integer> {

    @Mixin
    private KeyTarget target = new KeyTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    KeyGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), KeyViews.KEY::card);
    }
}
