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
        description = "List certificates that were issued to devices, in an order that is stable but says nothing.",
        footer = {
            "",
            "Examples:",
            "  muster cert list --tenant acme --registration-id gate-1 --data ./data",
            "  muster cert list --tenant acme --state revoked --all -o json --data ./data"
        })
final class CertList implements Callable<Integer> {

    @Option(names = "--registration-id", paramLabel = "ID", description = "Only certificates of this device.")
    private Optional<String> registrationId = Optional.empty();

    @Option(
            names = "--state",
            paramLabel = "current|unused|replaced|superseded|revoked",
            description = "Only certificates in this state.")
    private Optional<String> state = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private Paging paging = new Paging();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    CertList(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = new TreeMap<>();
        registrationId.ifPresent(id -> filters.put("registrationId", id));
        state.ifPresent(name -> filters.put("state", name));
        return paging.list(session, server, tenant.path() + "/certificates", filters, CertificateViews.CERTIFICATES);
    }
}
