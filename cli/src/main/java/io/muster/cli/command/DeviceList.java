package io.muster.cli.command;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List devices of a tenant, a page or all, in an order that is stable but says nothing.",
        footer = {
            "",
            "Examples:",
            "  muster device list --tenant acme --data ./data",
            "  muster device list --tenant acme --all -o json --data ./data",
            "  muster device list --tenant acme --fact /serial=SN-4711 --data ./data",
            "  muster device list --tenant acme --enrollment pumps --region eu --data ./data"
        })
final class DeviceList implements Callable<Integer> {

    @Option(names = "--enrollment", paramLabel = "NAME", description = "Only devices that came through it.")
    private Optional<String> enrollment = Optional.empty();

    @Option(names = "--region", paramLabel = "REGION", description = "Only devices on hubs of this region.")
    private Optional<String> region = Optional.empty();

    @Option(names = "--hub", paramLabel = "NAME", description = "Only devices on this hub.")
    private Optional<String> hub = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "enabled|quarantined|decommissioned",
            description = "Only devices in this state.")
    private Optional<String> state = Optional.empty();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only devices of this type.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--fact",
            paramLabel = "FACT=VALUE",
            description = "Only devices that say exactly this of themselves, such as /serial=SN-1; the fact must be "
                    + "searchable in their enrollment.")
    private Optional<String> fact = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    DeviceList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = new TreeMap<>();
        enrollment.ifPresent(name -> filters.put("enrollment", name));
        region.ifPresent(name -> filters.put("region", name));
        hub.ifPresent(name -> filters.put("hub", name));
        state.ifPresent(name -> filters.put("state", name));
        type.ifPresent(name -> filters.put("type", name));
        fact.ifPresent(one -> filters.put("fact", one));
        return paging.list(session, server, tenant.path() + "/devices", filters, Views.DEVICES);
    }
}
