package io.muster.cli.command;

import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.Contexts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "remove",
        description = "Forget a named server. Its token file stays.",
        footer = {"", "Example:", "  muster config remove plant"})
final class ConfigRemove implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    private final Session session;

    ConfigRemove(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return ConfigFile.with(session, this::remove);
    }

    private ExitCode remove(Contexts contexts) {
        if (contexts.named(name).isEmpty()) {
            return ConfigFile.missing(session, name);
        }
        if (!ConfigFile.write(session, contexts.without(name))) {
            return ExitCode.USAGE;
        }
        session.sheet().lines(List.of("The context " + name + " is forgotten."));
        return ExitCode.OK;
    }
}
