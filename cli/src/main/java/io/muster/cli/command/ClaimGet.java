package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show one claim, with what it has spent and from how many networks it was used.",
        footer = {"", "Example:", "  muster claim get line-1 --tenant acme --data ./data"})
final class ClaimGet implements Callable<Integer> {

    @Mixin
    private ClaimTarget target = new ClaimTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    ClaimGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), ClaimViews::card);
    }
}
