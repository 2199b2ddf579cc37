package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show one policy of AWS IoT that has a name, with its document.",
        footer = {
            "",
            "Examples:",
            "  muster policy get pumps-v1 --tenant acme --data ./data",
            "  muster policy get pumps-v1 --query document -o json --tenant acme --data ./data"
        })
final class PolicyGet implements Callable<Integer> {

    @Mixin
    private AwsPolicyTarget target = new AwsPolicyTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    PolicyGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), AwsPolicyViews::card);
    }
}
