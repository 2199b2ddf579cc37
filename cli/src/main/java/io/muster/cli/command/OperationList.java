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
        description = "List requests that were deferred, in an order that is stable but says nothing.",
        footer = {"", "Example:", "  muster operation list --tenant acme --state waiting --data ./data"})
final class OperationList implements Callable<Integer> {

    @Option(names = "--state", paramLabel = "waiting|done|failed|expired", description = "Only those that stand so.")
    private Optional<String> state = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    OperationList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = new TreeMap<>();
        state.ifPresent(it -> filters.put("state", it));
        return paging.list(session, server, tenant.path() + "/operations", filters, RecordViews.OPERATIONS);
    }
}
