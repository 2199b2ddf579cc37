package io.muster.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = "Create a region. Those that hubs name come by themselves.",
        footer = {"", "Example:", "  muster region create eu --tenant acme --data ./data"})
final class RegionCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The region's name.")
    private String name = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    RegionCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("name", name);
        return session.ask(
                server,
                api -> api.post(tenant.path() + "/regions", body),
                region -> List.of("Region " + region.path("name").asText() + " is created."));
    }
}
