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
        description = "Show one tenant.",
        footer = {"", "Example:", "  muster tenant get acme -o json --data ./data"})
final class TenantGet implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The tenant's name.")
    private String name = "";

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    TenantGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> api.get("/tenants/" + AdminApi.encoded(name), Map.of()),
                tenant -> Views.TENANTS.lines(List.of(tenant)));
    }
}
