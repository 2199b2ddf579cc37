package io.muster.cli.command;

import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.Contexts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "use",
        description = "Make a named server the one that is asked where nothing else is said.",
        footer = {"", "Example:", "  muster config use plant"})
final class ConfigUse implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "Its name.")
    private String name = "";

    private final Session session;

    ConfigUse(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return ConfigFile.with(session, this::use);
    }

    private ExitCode use(Contexts contexts) {
        if (contexts.named(name).isEmpty()) {
            return ConfigFile.missing(session, name);
        }
        if (!ConfigFile.write(session, contexts.using(name))) {
            return ExitCode.USAGE;
        }
        session.sheet().lines(List.of("Commands ask " + name + " from now on."));
        return ExitCode.OK;
    }
}
