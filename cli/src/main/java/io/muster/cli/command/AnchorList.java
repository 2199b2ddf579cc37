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
        description = "List the anchors of a tenant by name.",
        footer = {
            "",
            "Examples:",
            "  muster anchor list --tenant acme --data ./data",
            "  muster anchor list --status unverified --tenant acme --data ./data"
        })
final class AnchorList implements Callable<Integer> {

    @Option(names = "--status", paramLabel = "verified|unverified", description = "Only those that stand so.")
    private Optional<String> status = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    AnchorList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = new TreeMap<>();
        status.ifPresent(it -> filters.put("status", it));
        return paging.list(session, server, tenant.path() + "/anchors", filters, AnchorViews.ANCHORS);
    }
}
