package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "get",
        description = "Show one certificate that was issued to a device.",
        footer = {
            "",
            "Examples:",
            "  muster cert get 4d00172bb5c0a4d1f0c3a2b4956877e1d3 --tenant acme --data ./data",
            "  muster cert get 4d00172bb5c0a4d1f0c3a2b4956877e1d3 --pem --tenant acme --data ./data > gate-1.pem"
        })
final class CertGet implements Callable<Integer> {

    @Mixin
    private CertTarget target = new CertTarget();

    @Option(names = "--pem", description = "The certificate itself in PEM, and nothing else.")
    private boolean pem;

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    CertGet(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(server, api -> api.get(target.path(), Map.of()), this::lines);
    }

    private List<String> lines(JsonNode certificate) {
        return pem ? certificate.path("pem").asText().lines().toList() : CertificateViews.CERTIFICATE.card(certificate);
    }
}
