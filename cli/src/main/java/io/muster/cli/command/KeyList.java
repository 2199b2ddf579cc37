package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List keys, without their text, and when each was last used.",
        footer = {"", "Example:", "  muster key list --tenant acme --data ./data"})
final class KeyList implements Callable<Integer> {

    @Mixin
    private KeyPlace place = new KeyPlace();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    KeyList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, place.path(), Map.of(), KeyViews.KEYS);
    }
}
