package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "get",
        description = "Show where an import stands, and what was found in its file.",
        footer = {"", "Example:", "  muster import get 0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10 --tenant acme --data ./data"
        })
final class ImportGet implements Callable<Integer> {

    @Mixin
    private ImportTarget target = new ImportTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    ImportGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), ImportViews::ended);
    }
}
