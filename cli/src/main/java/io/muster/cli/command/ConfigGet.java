package io.muster.cli.command;

import io.muster.cli.page.ExitCode;
import io.muster.cli.wire.Contexts;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Show one named server, or the current one.",
        footer = {"", "Examples:", "  muster config get", "  muster config get plant --query url"})
final class ConfigGet implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "Its name; the current one if absent.")
    private Optional<String> name = Optional.empty();

    @Mixin
    private ShowOptions shown = new ShowOptions();

    private final Session session;

    ConfigGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return ConfigFile.with(session, this::show);
    }

    private ExitCode show(Contexts contexts) {
        Optional<String> wanted = name.or(contexts::current);
        if (wanted.isEmpty()) {
            session.sheet().note("muster: No context is the current one.");
            session.sheet().note("  next: muster config use NAME; muster config list shows them.");
            return ExitCode.NOT_FOUND;
        }
        return contexts.named(wanted.get())
                .map(context -> session.show(shown, ConfigFile.json(contexts, context), ConfigFile.CONTEXT::card))
                .orElseGet(() -> ConfigFile.missing(session, wanted.get()));
    }
}
