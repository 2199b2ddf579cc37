package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the policies of AWS IoT that a tenant keeps by name.",
        footer = {"", "Example:", "  muster policy list --tenant acme --data ./data"})
final class PolicyList implements Callable<Integer> {

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    PolicyList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, tenant.path() + "/aws-policies", Map.of(), AwsPolicyViews.POLICIES);
    }
}
