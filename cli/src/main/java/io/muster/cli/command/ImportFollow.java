package io.muster.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "watch",
        description = "Watch an import to its end.",
        footer = {
            "",
            "Example:",
            "  muster import watch 0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10 --tenant acme --data ./data"
        })
final class ImportFollow implements Callable<Integer> {

    @Mixin
    private ImportTarget target = new ImportTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    ImportFollow(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new ImportWatch(session, server, target.tenant())
                .toItsEnd(target.id())
                .number();
    }
}
