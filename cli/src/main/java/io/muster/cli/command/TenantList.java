package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the tenants by name.",
        footer = {"", "Example:", "  muster tenant list --data ./data"})
final class TenantList implements Callable<Integer> {

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    TenantList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, "/tenants", Map.of(), Views.TENANTS);
    }
}
