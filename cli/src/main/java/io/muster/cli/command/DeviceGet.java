package io.muster.cli.command;

import io.muster.cli.wire.AdminApi;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = "Show one device.",
        footer = {"", "Example:", "  muster device get pump-1 --tenant acme -o json --data ./data"})
final class DeviceGet implements Callable<Integer> {

    @Parameters(paramLabel = "DEVICE", description = "Its registration id or its outward device id.")
    private String device = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    DeviceGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> api.get(tenant.path() + "/devices/" + AdminApi.encoded(device), Map.of()),
                Views.DEVICE::card);
    }
}
