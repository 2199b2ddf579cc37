package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show one anchor; while it is unverified, with its verification code and how to prove it.",
        footer = {"", "Example:", "  muster anchor get maker --tenant acme --data ./data"})
final class AnchorGet implements Callable<Integer> {

    @Mixin
    private AnchorTarget target = new AnchorTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    AnchorGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server, api -> api.get(target.path(), Map.of()), anchor -> AnchorViews.card(anchor, target.tenant()));
    }
}
