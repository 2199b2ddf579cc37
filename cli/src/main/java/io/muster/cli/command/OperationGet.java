package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Show one deferred request.",
        footer = {
            "",
            "Example:",
            "  muster operation get 0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10 --tenant acme --data ./data"
        })
final class OperationGet implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "Its number, as a device was told it or as a list shows it.")
    private String id = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    OperationGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> api.get(tenant.path() + "/operations/" + AdminApi.encoded(id), Map.of()),
                RecordViews.OPERATION::card);
    }
}
