package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the imports of a tenant, the newest first. Ended ones are kept for 30 days.",
        footer = {"", "Example:", "  muster import list --tenant acme --data ./data"})
final class ImportList implements Callable<Integer> {

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    ImportList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, tenant.path() + "/imports", Map.of(), ImportViews.IMPORTS);
    }
}
