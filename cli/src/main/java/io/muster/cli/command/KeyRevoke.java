package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "revoke",
        description = "Revoke a key for good: it opens nothing from now on, on any node.",
        footer = {"", "Example:", "  muster key revoke 0123456789abcdef --tenant acme --data ./data"})
final class KeyRevoke implements Callable<Integer> {

    @Mixin
    private KeyTarget target = new KeyTarget();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    KeyRevoke(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> seen.on(api).post(target.path() + "/revoke", MissingNode.getInstance()),
                key -> List.of("The key of \"" + key.path("name").asText() + "\" is revoked."));
    }
}
