package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "cancel",
        description = "Stop an import. What it has stored stays.",
        footer = {
            "",
            "Example:",
            "  muster import cancel 0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10 --tenant acme --data ./data"
        })
final class ImportCancel implements Callable<Integer> {

    @Mixin
    private ImportTarget target = new ImportTarget();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    ImportCancel(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server, api -> api.post(target.path() + "/cancel", MissingNode.getInstance()), ImportViews::ended);
    }
}
