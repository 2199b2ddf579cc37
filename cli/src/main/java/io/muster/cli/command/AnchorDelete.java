package io.muster.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "delete",
        description = "Delete an anchor. One whose certificate an enrollment trusts stays.",
        footer = {"", "Example:", "  muster anchor delete maker --tenant acme --data ./data"})
final class AnchorDelete implements Callable<Integer> {

    @Mixin
    private AnchorTarget target = new AnchorTarget();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    AnchorDelete(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> seen.on(api).delete(target.path()),
                anchor -> List.of("Anchor " + anchor.path("name").asText() + " is deleted."));
    }
}
