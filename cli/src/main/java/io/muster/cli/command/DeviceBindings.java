package io.muster.cli.command;

import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "bindings",
        description = "Show every name and key that leads to a device, or did.",
        footer = {"", "Example:", "  muster device bindings pump-1 --tenant acme --data ./data"})
final class DeviceBindings implements Callable<Integer> {

    private static final Table BINDINGS =
            new Table(Column.at("KIND", "/kind"), Column.at("STATE", "/state"), Column.at("VALUE", "/value"));

    @Mixin
    private DeviceTarget target = new DeviceTarget();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    DeviceBindings(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> api.get(target.path() + "/bindings", Map.of()),
                answer -> BINDINGS.lines(answer.path("items")));
    }
}
