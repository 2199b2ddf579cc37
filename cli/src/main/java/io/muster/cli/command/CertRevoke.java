package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "revoke",
        description = {
            "Revoke a certificate: it proves nothing to Muster from now on, and the next CRL names it.",
            "Revoking again changes neither the time nor the reason. It cannot be undone."
        },
        footer = {
            "",
            "Example:",
            "  muster cert revoke 4d00172bb5c0a4d1f0c3a2b4956877e1d3 --reason keyCompromise --tenant acme --data ./data"
        })
final class CertRevoke implements Callable<Integer> {

    @Mixin
    private CertTarget target = new CertTarget();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "unspecified, keyCompromise, affiliationChanged, superseded, cessationOfOperation or "
                    + "privilegeWithdrawn; unspecified if absent.")
    private String reason = "unspecified";

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    CertRevoke(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        return session.ask(server, api -> api.post(target.path() + "/revoke", body), CertRevoke::lines);
    }

    private static List<String> lines(JsonNode certificate) {
        return List.of("Certificate " + certificate.path("serial").asText() + " of "
                + certificate.path("registrationId").asText() + " is revoked since "
                + certificate.path("revokedAt").asText() + ", reason "
                + certificate.path("reason").asText() + ".");
    }
}
