package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the named servers of this user; the current one has a star.",
        footer = {"", "Example:", "  muster config list"})
final class ConfigList implements Callable<Integer> {

    @Mixin
    private ShowOptions shown = new ShowOptions();

    private final Session session;

    ConfigList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return ConfigFile.with(session, contexts -> session.show(shown, ConfigFile.json(contexts), ConfigList::lines));
    }

    private static List<String> lines(JsonNode list) {
        return list.path("items").isEmpty() ? List.of("None.") : ConfigFile.CONTEXTS.lines(list.path("items"));
    }
}
