package io.muster.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "List the one-time tokens of a tenant, the newest last, without their text.",
        footer = {"", "Example:", "  muster token list --tenant acme --data ./data"})
final class TokenList implements Callable<Integer> {

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    TokenList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return paging.list(session, server, tenant.path() + "/tokens", Map.of(), CertificateViews.TOKENS);
    }
}
