package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the regions of a tenant by name.",
        footer = {"", "Example:", "  muster region list --tenant acme --data ./data"})
final class RegionList implements Callable<Integer> {

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    RegionList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, tenant.path() + "/regions", Map.of(), RecordViews.REGIONS);
    }
}
