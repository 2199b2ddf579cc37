package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the claims of a tenant by name, those that ended among them.",
        footer = {"", "Example:", "  muster claim list --tenant acme --data ./data"})
final class ClaimList implements Callable<Integer> {

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    ClaimList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, tenant.path() + "/claims", Map.of(), ClaimViews.CLAIMS);
    }
}
