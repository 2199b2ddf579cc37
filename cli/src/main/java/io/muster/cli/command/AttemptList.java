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
        description = "List kept attempts of all devices of a tenant, in an order that is stable but says nothing.",
        footer = {
            "",
            "Example:",
            "  muster attempt list --tenant acme --result refused --since 2026-11-23T00:00:00Z --data ./data"
        })
final class AttemptList implements Callable<Integer> {

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "Only those that ended with this code, such as blocked.")
    private Optional<String> code = Optional.empty();

    @Option(names = "--result", paramLabel = "accepted|deferred|refused", description = "Only those with this result.")
    private Optional<String> result = Optional.empty();

    @Option(names = "--enrollment", paramLabel = "NAME", description = "Only those that this enrollment decided.")
    private Optional<String> enrollment = Optional.empty();

    @Option(names = "--door", paramLabel = "DOOR", description = "Only those by this protocol, such as dps-https.")
    private Optional<String> door = Optional.empty();

    @Option(names = "--since", paramLabel = "MOMENT", description = "This moment or later, in UTC.")
    private Optional<String> since = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    AttemptList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = new TreeMap<>();
        code.ifPresent(it -> filters.put("code", it));
        result.ifPresent(it -> filters.put("result", it));
        enrollment.ifPresent(it -> filters.put("enrollment", it));
        door.ifPresent(it -> filters.put("door", it));
        since.ifPresent(it -> filters.put("since", it));
        return paging.list(session, server, tenant.path() + "/attempts", filters, RecordViews.ATTEMPTS);
    }
}
