package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.cli.wire.AdminApi;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "revoke",
        description = "Revoke a one-time token: no key that has not used it may use it from now on.",
        footer = {
            "",
            "Example:",
            "  muster token revoke 0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10 --tenant acme --data ./data"
        })
final class TokenRevoke implements Callable<Integer> {

    @Parameters(paramLabel = "ID", description = "The token's number, as muster token list shows it; not its text.")
    private String id = "";

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    TokenRevoke(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> api.post(
                        tenant.path() + "/tokens/" + AdminApi.encoded(id) + "/revoke", MissingNode.getInstance()),
                this::lines);
    }

    private List<String> lines(JsonNode token) {
        String device = token.path("registrationId").asText();
        List<String> lines = new ArrayList<>();
        lines.add("The token for " + device + " is revoked.");
        if (token.path("spent").asInt() > 0) {
            lines.add("It had been used; what was issued for it stays: muster cert list --registration-id " + device
                    + " --tenant " + tenant.name());
        }
        return lines;
    }
}
