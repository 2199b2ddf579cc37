package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Show one hub.",
        footer = {"", "Example:", "  muster hub get eu-1 --tenant acme -o json --data ./data"})
final class HubGet implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The hub's name.")
    private String name = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    HubGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> api.get(tenant.path() + "/hubs/" + AdminApi.encoded(name), Map.of()),
                hub -> Views.HUBS.lines(List.of(hub)));
    }
}
